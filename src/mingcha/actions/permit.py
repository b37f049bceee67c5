"""Who may do what: one table verb x role x purpose, deny by default, concatenated from each subject's own tuple.

A line grants its verb to each of its roles for each of its purposes, and nothing is granted that no line says: handlers
handle, inspectors inspect and change nothing, an administrator reads no complaint whatever other role the account was
given, nobody can purge a log, because no such verb exists, and collections has no role.
"""

from mingcha.errors import NotPermitted
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.words import Words

Rule = tuple[str, frozenset[Role], frozenset[Purpose]]

_H, _A, _S = Role.HANDLER, Role.ANALYST, Role.SUPERVISOR
_CP, _L, _V = Role.CONSUMER_PROTECTION, Role.LEGAL, Role.VICTIM_SUPPORT
_AD = Role.AD_MONITOR
_I, _AU, _ADMIN = Role.INSPECTOR, Role.AUDITOR, Role.ADMIN
_HANDLING, _INVESTIGATION, _AID = Purpose.HANDLING, Purpose.INVESTIGATION, Purpose.AID
_INSPECTION, _ADMINISTRATION = Purpose.INSPECTION, Purpose.ADMINISTRATION


def _rule(verb: str, roles: tuple[Role, ...], *purposes: Purpose) -> Rule:
    return verb, frozenset(roles), frozenset(purposes)


INTAKE: tuple[Rule, ...] = (
    _rule("import", (_H,), _HANDLING),
    _rule("import", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("import_ads", (_H,), _HANDLING),
    _rule("import_ads", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("import_ads", (_AD,), _INVESTIGATION),
    _rule("assess", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
)
DESK: tuple[Rule, ...] = (
    _rule("see_queue", (_H, _S, _CP), _HANDLING),
    _rule("see_queue", (_I,), _INSPECTION),
    _rule("search", (_H,), _HANDLING),
    _rule("search", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("see_complaint_merit", (_H,), _HANDLING),
    _rule("see_complaint_merit", (_A, _S, _CP, _L), _HANDLING, _INVESTIGATION),
    _rule("see_complaint_merit", (_V,), _AID),
    _rule("see_complaint_merit", (_I,), _INSPECTION),
    _rule("see_complaint_reveal", (_H,), _HANDLING),
    _rule("see_complaint_reveal", (_A, _S, _CP, _L), _HANDLING, _INVESTIGATION),
    _rule("see_complaint_reveal", (_I,), _INSPECTION),
    _rule("reveal_personal", (_H, _S, _CP), _HANDLING),
    _rule("reveal_personal", (_V,), _AID),
    _rule("decide_merit", (_H, _S, _CP), _HANDLING),
    _rule("decide_conclusion", (_A, _S, _CP, _L), _HANDLING, _INVESTIGATION),
    _rule("undo_decision", (_H,), _HANDLING),
    _rule("undo_decision", (_A, _S, _CP, _L), _HANDLING, _INVESTIGATION),
    _rule("record_clock_event", (_H, _S, _CP), _HANDLING),
    _rule("stop_contact", (_H, _S, _CP), _HANDLING),
    _rule("stop_contact", (_V,), _AID),
    _rule("export_dialler", (_S, _CP), _HANDLING),
    _rule("draft_answer", (_H, _S, _CP), _HANDLING),
    _rule("record_answer", (_H, _S, _CP), _HANDLING),
    _rule("ask_papers", (_H, _S, _CP), _HANDLING),
    _rule("decline", (_S, _CP), _HANDLING),
    _rule("assign", (_H, _S, _CP), _HANDLING),
    _rule("tag", (_H, _S, _CP), _HANDLING),
    _rule("request_records", (_H, _S, _CP), _HANDLING),
)
FAMILIES: tuple[Rule, ...] = (  # for whoever never decides merit (law 2)
    _rule("see_families", (_A, _L), _INVESTIGATION),
    _rule("see_families", (_I,), _INSPECTION),
    _rule("judge_families", (_A, _L), _INVESTIGATION),
    _rule("see_rings", (_A, _L), _INVESTIGATION),
    _rule("see_rings", (_I,), _INSPECTION),
    _rule("judge_ties", (_A, _L), _INVESTIGATION),
)
ADS: tuple[Rule, ...] = (  # an ad is neither a complaint nor a person
    _rule("see_ads", (_AD, _A, _L, _CP), _INVESTIGATION),
    _rule("see_ads", (_I, _AU), _INSPECTION),
    _rule("reveal_ad_contacts", (_AD, _A, _L), _INVESTIGATION),
    _rule("decide_words", (_AD, _A, _L), _INVESTIGATION),
    _rule("judge_ads", (_AD, _A, _L), _INVESTIGATION),
    _rule("draft_ad_report", (_AD, _A, _L), _INVESTIGATION),
    _rule("approve_ad_report", (_AD, _A, _L, _CP), _INVESTIGATION),
    _rule("send_ad_reports", (_AD, _A, _L), _INVESTIGATION),
    _rule("check_ads", (_AD, _A, _L), _INVESTIGATION),
    _rule("record_ad_objection", (_AD, _A, _L, _CP), _INVESTIGATION),
    _rule("decide_ad_objection", (_L, _CP), _INVESTIGATION),
)
CASES: tuple[Rule, ...] = (  # beside the verb, each case is open to those admitted to it
    _rule("work_cases", (_A, _L), _INVESTIGATION),
    _rule("see_cases", (_A, _L, _CP), _INVESTIGATION),
    _rule("see_cases", (_I, _AU), _INSPECTION),
    _rule("see_corrections", (_AD, _A, _L, _CP), _INVESTIGATION),  # each of what they may see: cases, ads
    _rule("see_corrections", (_I, _AU), _INSPECTION),
    _rule("refer", (_A, _L), _INVESTIGATION),
    _rule("agree_referral", (_A, _L, _CP), _INVESTIGATION),
    _rule("say_urgent", (_L,), _INVESTIGATION),
    _rule("record_case_objection", (_A, _L, _CP), _INVESTIGATION),
    _rule("record_case_objection", (_CP,), _HANDLING),
    _rule("answer_case_objection", (_L, _CP), _INVESTIGATION),
    _rule("see_objections", (_L, _CP), _INVESTIGATION),
    _rule("see_objections", (_CP,), _HANDLING),
    _rule("see_objections", (_I, _AU), _INSPECTION),
    _rule("answer_objections", (_L, _CP), _INVESTIGATION),
    _rule("answer_objections", (_CP,), _HANDLING),
)
AIDING: tuple[Rule, ...] = (  # for whoever never decides merit (law 2), for the purpose of aid alone (law 10)
    _rule("see_aid", (_V,), _AID),
    _rule("give_aid", (_V,), _AID),
)
EXHIBITS: tuple[Rule, ...] = (  # those about complaints are open to whoever may see complaints
    _rule("keep_exhibits", (_AD, _A, _L), _INVESTIGATION),
    _rule("see_exhibits", (_AD, _A, _L), _INVESTIGATION),
    _rule("see_exhibits", (_I, _AU), _INSPECTION),
    _rule("read_exhibits", (_AD, _A, _L), _INVESTIGATION),
    _rule("read_exhibits", (_I,), _INSPECTION),
)
OUT: tuple[Rule, ...] = (
    _rule("report", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("report", (_I, _AU), _INSPECTION),
    _rule("export_assessments", (_A, _S, _CP), _INVESTIGATION),
    _rule("export_source_ids", (_A, _S, _CP), _INVESTIGATION),
)
QUALITY: tuple[Rule, ...] = (
    _rule("see_parity", (_A, _S, _CP, _L), _INVESTIGATION),
    _rule("see_parity", (_I, _AU), _INSPECTION),
    _rule("see_clock_moves", (_A, _S, _CP, _L), _INVESTIGATION),
    _rule("see_clock_moves", (_I, _AU), _INSPECTION),
    _rule("see_causes", (_H, _S, _CP), _HANDLING),
    _rule("see_causes", (_A, _S, _CP, _L), _INVESTIGATION),
    _rule("see_causes", (_I, _AU), _INSPECTION),
    _rule("see_returns", (_S, _CP), _HANDLING),
    _rule("see_returns", (_A, _S, _CP, _L), _INVESTIGATION),
    _rule("see_returns", (_I, _AU), _INSPECTION),
    _rule("name_cause", (_H, _S, _CP), _HANDLING),
    _rule("record_repair", (_S, _CP), _HANDLING),
    _rule("see_recusals", (_S, _CP), _HANDLING),
    _rule("see_recusals", (_I, _AU), _INSPECTION),
    _rule("see_weights", (_A, _S, _CP, _L), _INVESTIGATION),
    _rule("see_weights", (_CP,), _HANDLING),
    _rule("see_weights", (_I, _AU), _INSPECTION),
    _rule("propose_weights", (_A,), _INVESTIGATION),
    _rule("adopt_weights", (_A, _CP), _INVESTIGATION),
    _rule("adopt_weights", (_CP,), _HANDLING),
)
PROOF: tuple[Rule, ...] = (
    _rule("replay", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("replay", (_I, _AU), _INSPECTION),
    _rule("verify_chains", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("verify_chains", (_I, _AU), _INSPECTION),
    _rule("see_access_log", (_I, _AU), _INSPECTION),
    _rule("seal_days", (_AU,), _INSPECTION),
    _rule("inspect", (_I, _AU), _INSPECTION),
)
HOUSE: tuple[Rule, ...] = (
    _rule("manage_accounts", (_ADMIN,), _ADMINISTRATION),
    _rule("manage_keys", (_ADMIN,), _ADMINISTRATION),
    _rule("backup", (_ADMIN,), _ADMINISTRATION),
    _rule("erase", (_CP,), _HANDLING),
)
KEEPING: tuple[Rule, ...] = (  # what goes when its term ends takes two: one proposes and carries out, another agrees
    _rule("see_retention", (_CP,), _HANDLING),
    _rule("see_retention", (_L,), _HANDLING, _INVESTIGATION),
    _rule("see_retention", (_I, _AU), _INSPECTION),
    _rule("propose_disposal", (_CP,), _HANDLING),
    _rule("propose_disposal", (_L,), _HANDLING, _INVESTIGATION),  # cases and help, closed to whoever decides merit
    _rule("agree_disposal", (_L,), _HANDLING, _INVESTIGATION),
    _rule("dispose", (_CP,), _HANDLING),
    _rule("dispose", (_L,), _HANDLING, _INVESTIGATION),
    _rule("give_access", (_L,), _HANDLING, _INVESTIGATION),
)

TABLE: tuple[Rule, ...] = (
    INTAKE + DESK + FAMILIES + ADS + CASES + AIDING + EXHIBITS + OUT + QUALITY + PROOF + HOUSE + KEEPING
)
GRANTS: frozenset[tuple[str, Role, Purpose]] = frozenset(
    (verb, role, purpose) for verb, roles, purposes in TABLE for role in roles for purpose in purposes
)
VERBS: tuple[str, ...] = tuple(dict.fromkeys(verb for verb, _, _ in TABLE))  # in reading order
VERB_WORDS: dict[str, Words] = {  # as they stand after "may not"
    "import": Words("导入文件", "import files"),
    "import_ads": Words("导入广告线索", "import sightings of ads"),
    "assess": Words("核查投诉", "assess complaints"),
    "see_queue": Words("查看待办", "see the queue"),
    "search": Words("检索投诉", "search complaints"),
    "see_complaint_merit": Words("查看投诉的诉求部分", "see the merit stage of a complaint"),
    "see_complaint_reveal": Words("查看代理与团伙部分", "see agency and organisation"),
    "reveal_personal": Words("查看个人信息原文", "see personal data in clear"),
    "decide_merit": Words("裁定诉求", "decide merit"),
    "decide_conclusion": Words("裁定代理与团伙", "decide agency and organisation"),
    "undo_decision": Words("撤销决定", "undo a decision"),
    "record_clock_event": Words("登记期限文书", "record papers of a clock"),
    "stop_contact": Words("登记停止联系", "stop collection contacts"),
    "export_dialler": Words("导出停联名单", "export the numbers not to be dialled"),
    "draft_answer": Words("起草答复", "draft the answer"),
    "record_answer": Words("登记答复", "record the answer"),
    "ask_papers": Words("请补充材料", "ask for papers"),
    "decline": Words("不予办理", "leave complaints unhandled"),
    "assign": Words("指派投诉", "assign complaints"),
    "tag": Words("给投诉加标签", "tag complaints"),
    "request_records": Words("调取本机构记录", "ask for our own records"),
    "see_families": Words("查看家族清单", "see the list of families"),
    "judge_families": Words("合并或拆分家族", "join or part families"),
    "see_rings": Words("查看团伙与关联", "see rings and ties"),
    "judge_ties": Words("判断两件投诉是否同源", "judge ties"),
    "see_ads": Words("查看广告", "see ads"),
    "reveal_ad_contacts": Words("查看广告联系方式原文", "see contacts of ads in clear"),
    "decide_words": Words("采纳或拒绝新词", "accept or refuse proposed words"),
    "judge_ads": Words("认定广告", "judge ads"),
    "draft_ad_report": Words("起草或撤回广告举报", "draft or withdraw reports of ads"),
    "approve_ad_report": Words("同意广告举报", "approve reports of ads"),
    "send_ad_reports": Words("导出广告举报、登记回执", "export reports of ads and enter receipts"),
    "check_ads": Words("复查广告", "look at ads again"),
    "record_ad_objection": Words("登记发布者异议", "enter objections of posters"),
    "decide_ad_objection": Words("处理发布者异议", "decide objections of posters"),
    "work_cases": Words("办理案件", "work on cases"),
    "see_cases": Words("查看案件", "see cases"),
    "see_corrections": Words("查看须更正的对象", "see whom a correction is owed to"),
    "refer": Words("起草或登记移送", "draft referrals and enter what became of them"),
    "agree_referral": Words("同意移送", "agree that a referral leaves"),
    "say_urgent": Words("认定紧急危害", "say that harm is urgent"),
    "record_case_objection": Words("登记对案件的异议", "enter objections to cases"),
    "answer_case_objection": Words("答复对案件的异议", "answer objections to cases"),
    "see_objections": Words("查看被指名者的异议", "see objections of those who are named"),
    "answer_objections": Words("答复被指名者的异议", "answer objections of those who are named"),
    "see_aid": Words("查看援助", "see whom to help"),
    "give_aid": Words("提供援助", "help customers who were cheated"),
    "keep_exhibits": Words("保存证据", "keep exhibits"),
    "see_exhibits": Words("查看证据清单", "see the list of exhibits"),
    "read_exhibits": Words("读取证据原件", "read the bytes of exhibits"),
    "report": Words("生成报告", "make the report"),
    "export_assessments": Words("导出核查结果", "export assessments"),
    "export_source_ids": Words("按导入编号导出", "export imported ids"),
    "see_parity": Words("查看同等对待指标", "see the figures of parity"),
    "see_clock_moves": Words("查看期限变动清单", "see the list of papers that moved clocks"),
    "see_causes": Words("查看成因与整改", "see causes and repairs"),
    "see_returns": Words("查看统计报表", "see the returns"),
    "name_cause": Words("登记成因", "name causes"),
    "record_repair": Words("登记整改", "record repairs"),
    "see_recusals": Words("查看回避清单", "see who stands aside"),
    "see_weights": Words("查看权重", "see the weights"),
    "propose_weights": Words("提出权重", "propose weights"),
    "adopt_weights": Words("采用权重", "adopt weights"),
    "replay": Words("重算建议", "replay a suggestion"),
    "verify_chains": Words("校验证据链", "verify the chains"),
    "seal_days": Words("封存每日根值", "seal the roots of days"),
    "see_access_log": Words("查看查阅日志", "read the access log"),
    "inspect": Words("开展检查", "inspect the house"),
    "manage_accounts": Words("管理账号", "manage accounts"),
    "manage_keys": Words("管理密钥", "manage keys"),
    "backup": Words("备份或恢复", "back up or restore"),
    "erase": Words("删除个人数据", "erase personal data"),
    "see_retention": Words("查看保存期限与销毁批次", "see terms and what was disposed of"),
    "propose_disposal": Words("提出销毁", "propose what is disposed of"),
    "agree_disposal": Words("同意销毁", "agree to what is disposed of"),
    "dispose": Words("执行销毁", "dispose of what is due"),
    "give_access": Words("提供本人个人信息副本", "give people what is held about them"),
}
DECIDES_MERIT: frozenset[Role] = frozenset(role for verb, role, _ in GRANTS if verb == "decide_merit")


def may(actor: Actor, verb: str) -> None:
    """Return when the actor may do this for this purpose; NotPermitted otherwise, unknown verbs included."""
    roles = acting_roles(actor)
    if any((verb, role, actor.purpose) in GRANTS for role in roles):
        return
    if verb not in VERBS:
        why = Words("没有这项操作", "there is no such verb")
    elif any(verb == granted and role in roles for granted, role, _ in GRANTS):
        why = Words(f"不在本次目的 {actor.purpose.value} 之内", f"not for the purpose {actor.purpose.value}")
    else:
        why = Words("此人的角色均无此权限", "none of the person's roles allows it")
    raise refused(actor.name, verb, why)


def refused(name: str, verb: str, why: Words) -> NotPermitted:
    """The refusal of a verb, in words; one that is not in the table stands as it was asked for."""
    return NotPermitted(actor=name, verb=VERB_WORDS.get(verb, Words(verb, verb)), why=why)


def may_reveal(actor: Actor, merit_decided: bool) -> bool:
    """Whether agency and organisation may be shown: never before merit is sealed to whoever could decide it (law 2)."""
    if "see_complaint_reveal" not in allowed(actor):
        return False
    return merit_decided or not actor.roles & DECIDES_MERIT


def allowed(actor: Actor) -> tuple[str, ...]:
    """The verbs open to an actor, in the table's order: what a door offers."""
    roles = acting_roles(actor)
    return tuple(verb for verb in VERBS if any((verb, role, actor.purpose) in GRANTS for role in roles))


def acting_roles(actor: Actor) -> frozenset[Role]:
    """The roles that count: whoever administers the house has no other."""
    return frozenset({Role.ADMIN}) if Role.ADMIN in actor.roles else actor.roles
