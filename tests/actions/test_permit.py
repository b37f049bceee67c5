"""The permit table: written out once more by hand, walked as a whole, and closed to whatever it does not name."""

import ast
from itertools import combinations
from pathlib import Path

import pytest

from mingcha.actions.permit import DECIDES_MERIT, GRANTS, TABLE, VERB_WORDS, VERBS, allowed, may, may_reveal
from mingcha.errors import NotPermitted
from mingcha.model.actor import Actor, Purpose, Role

ACTIONS = Path(__file__).parents[2] / "src" / "mingcha" / "actions"
HANDLING, INVESTIGATION, AID, INSPECTION, ADMINISTRATION = Purpose

# role -> purpose -> verbs; the same table turned round
EXPECTED: dict[Role, dict[Purpose, str]] = {
    Role.HANDLER: {
        HANDLING: "import import_ads see_queue search see_complaint_merit see_complaint_reveal reveal_personal decide_merit undo_decision record_clock_event stop_contact draft_answer record_answer ask_papers assign tag request_records see_causes name_cause"
    },
    Role.ANALYST: {
        HANDLING: "import import_ads assess search see_complaint_merit see_complaint_reveal decide_conclusion undo_decision report replay verify_chains",
        INVESTIGATION: "keep_exhibits see_exhibits read_exhibits see_ads reveal_ad_contacts decide_words judge_ads draft_ad_report approve_ad_report send_ad_reports check_ads record_ad_objection work_cases see_cases see_corrections refer agree_referral record_case_objection see_families judge_families see_rings judge_ties import import_ads assess search see_complaint_merit see_complaint_reveal decide_conclusion undo_decision report export_assessments export_source_ids see_parity see_clock_moves see_returns see_causes see_weights propose_weights adopt_weights replay verify_chains",
    },
    Role.SUPERVISOR: {
        HANDLING: "import import_ads assess see_queue search see_complaint_merit see_complaint_reveal reveal_personal decide_merit decide_conclusion undo_decision record_clock_event stop_contact export_dialler draft_answer record_answer ask_papers decline assign tag request_records see_returns see_causes name_cause record_repair see_recusals report replay verify_chains",
        INVESTIGATION: "import import_ads assess search see_complaint_merit see_complaint_reveal decide_conclusion undo_decision report export_assessments export_source_ids see_parity see_clock_moves see_returns see_causes see_weights replay verify_chains",
    },
    Role.CONSUMER_PROTECTION: {
        HANDLING: "see_retention propose_disposal dispose import import_ads assess see_queue search see_complaint_merit see_complaint_reveal reveal_personal decide_merit decide_conclusion undo_decision record_clock_event stop_contact export_dialler draft_answer record_answer ask_papers decline assign tag request_records see_returns see_causes name_cause record_repair see_recusals see_weights adopt_weights report replay verify_chains erase record_case_objection see_objections answer_objections",
        INVESTIGATION: "see_ads approve_ad_report record_ad_objection decide_ad_objection see_cases see_corrections agree_referral record_case_objection answer_case_objection see_objections answer_objections import import_ads assess search see_complaint_merit see_complaint_reveal decide_conclusion undo_decision report export_assessments export_source_ids see_parity see_clock_moves see_returns see_causes see_weights adopt_weights replay verify_chains",
    },
    Role.LEGAL: {
        HANDLING: "see_retention propose_disposal agree_disposal dispose give_access see_complaint_merit see_complaint_reveal decide_conclusion undo_decision",
        INVESTIGATION: "see_retention propose_disposal agree_disposal dispose give_access keep_exhibits see_exhibits read_exhibits see_ads reveal_ad_contacts decide_words judge_ads draft_ad_report approve_ad_report send_ad_reports check_ads record_ad_objection decide_ad_objection work_cases see_cases see_corrections refer agree_referral record_case_objection answer_case_objection see_objections answer_objections say_urgent see_families judge_families see_rings judge_ties see_complaint_merit see_complaint_reveal decide_conclusion undo_decision see_parity see_clock_moves see_returns see_causes see_weights",
    },
    Role.AD_MONITOR: {
        INVESTIGATION: "import_ads see_corrections keep_exhibits see_exhibits read_exhibits see_ads reveal_ad_contacts decide_words judge_ads draft_ad_report approve_ad_report send_ad_reports check_ads record_ad_objection"
    },
    Role.VICTIM_SUPPORT: {AID: "see_complaint_merit reveal_personal stop_contact see_aid give_aid"},
    Role.INSPECTOR: {
        INSPECTION: "see_retention see_objections see_exhibits read_exhibits see_ads see_cases see_corrections see_families see_rings see_queue see_complaint_merit see_complaint_reveal report see_parity see_clock_moves see_returns see_causes see_recusals see_weights replay verify_chains see_access_log inspect"
    },
    Role.AUDITOR: {
        INSPECTION: "see_retention see_objections see_exhibits see_ads see_cases see_corrections report see_parity see_clock_moves see_returns see_causes see_recusals see_weights replay verify_chains see_access_log inspect seal_days"
    },
    Role.ADMIN: {ADMINISTRATION: "manage_accounts manage_keys backup"},
}
READS_COMPLAINTS = {
    "see_exhibits", "read_exhibits", "see_aid", "give_aid",
    "see_families", "see_rings", "see_queue", "search", "see_complaint_merit", "see_complaint_reveal", "reveal_personal", "report", "export_assessments",
    "export_source_ids", "replay", "see_access_log", "draft_answer", "see_parity", "see_clock_moves", "inspect", "stop_contact", "export_dialler", "see_causes", "record_repair", "name_cause", "see_returns",
    "see_recusals", "see_weights", "propose_weights", "adopt_weights", "give_access",
}  # fmt: skip
CHANGES_NOTHING = {
    "see_retention",
    "see_objections",
    "see_exhibits",
    "read_exhibits",
    "see_ads",
    "see_cases",
    "see_corrections",
    "see_families",
    "see_rings",
    "see_queue",
    "see_complaint_merit",
    "see_complaint_reveal",
    "report",
    "see_parity",
    "see_clock_moves",
    "see_causes",
    "see_returns",
    "see_recusals",
    "see_weights",
    "replay",
    "verify_chains",
    "see_access_log",
    "inspect",
}


def _actor(*roles: Role, purpose: Purpose = HANDLING) -> Actor:
    return Actor(name="bo", roles=frozenset(roles), purpose=purpose)


def _permitted(actor: Actor, verb: str) -> bool:
    try:
        may(actor, verb)
    except NotPermitted:
        return False
    return True


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("role", Role)
def test_every_verb_role_and_purpose(role: Role, purpose: Purpose) -> None:
    expected = set(EXPECTED[role].get(purpose, "").split())
    actor = _actor(role, purpose=purpose)
    for verb in VERBS:
        assert _permitted(actor, verb) is (verb in expected), (verb, role, purpose)
        assert ((verb, role, purpose) in GRANTS) is (verb in expected)
    assert set(allowed(actor)) == expected


@pytest.mark.parametrize(
    "verb", ["", "purge_log", "delete_log", "see", "IMPORT", "import ", "see_blacklist", "collect", "flag_customer"]
)
def test_a_verb_that_is_not_in_the_table_is_nobodys(verb: str) -> None:
    for purpose in Purpose:
        with pytest.raises(NotPermitted, match="no such verb"):
            may(_actor(*set(Role) - {Role.ADMIN}, purpose=purpose), verb)


def test_no_verb_purges_and_no_role_collects() -> None:
    assert not [
        verb for verb in VERBS if any(word in verb for word in ("purge", "delete", "truncate", "wipe", "clear"))
    ]
    assert not [role for role in Role if "collect" in role.value]


def test_an_administrator_reads_no_complaint_whatever_else_the_account_holds() -> None:
    for other in (None, *Role):
        for purpose in Purpose:
            actor = _actor(Role.ADMIN, *([other] if other else []), purpose=purpose)
            assert not set(allowed(actor)) & READS_COMPLAINTS
            assert not [verb for verb in READS_COMPLAINTS if _permitted(actor, verb)]
            assert not may_reveal(actor, merit_decided=True)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.AUDITOR])
def test_inspectors_and_auditors_change_nothing_but_auditors_sign_days(role: Role) -> None:
    changes = {verb for verb, holder, _ in GRANTS if holder is role} - CHANGES_NOTHING
    assert changes == ({"seal_days"} if role is Role.AUDITOR else set())
    assert {holder for verb, holder, _ in GRANTS if verb == "seal_days"} == {Role.AUDITOR}
    assert {purpose for _, holder, purpose in GRANTS if holder is role} == {INSPECTION}


def test_roles_add_up_but_purposes_do_not_mix() -> None:
    both = _actor(Role.HANDLER, Role.AUDITOR)
    assert _permitted(both, "decide_merit")
    assert not _permitted(both, "see_access_log"), "the session is for handling"
    assert not _permitted(_actor(Role.HANDLER, Role.AUDITOR, purpose=INSPECTION), "see_queue")
    for first, second in combinations(set(Role) - {Role.ADMIN}, 2):
        for purpose in Purpose:
            apart = {*allowed(_actor(first, purpose=purpose)), *allowed(_actor(second, purpose=purpose))}
            assert set(allowed(_actor(first, second, purpose=purpose))) == apart


def test_nobody_without_a_role_may_anything() -> None:
    assert not [purpose for purpose in Purpose if allowed(_actor(purpose=purpose))]


@pytest.mark.parametrize(
    ("roles", "purpose", "verb", "why"),
    [
        ((Role.AUDITOR,), INSPECTION, "decide_merit", "roles"),
        ((Role.HANDLER,), INVESTIGATION, "decide_merit", "purpose investigation"),
        ((Role.ADMIN, Role.HANDLER), HANDLING, "decide_merit", "roles"),
        ((), HANDLING, "import", "roles"),
    ],
)
def test_the_refusal_says_why(roles: tuple[Role, ...], purpose: Purpose, verb: str, why: str) -> None:
    with pytest.raises(NotPermitted, match=why) as refusal:
        may(_actor(*roles, purpose=purpose), verb)
    assert refusal.value.facts["actor"] == "bo"


def test_every_verb_has_its_words_and_a_refusal_says_them() -> None:
    assert set(VERB_WORDS) == set(VERBS)
    for verb in VERBS:
        with pytest.raises(NotPermitted) as refusal:
            may(_actor(), verb)
        for locale in ("zh-CN", "en"):
            said = refusal.value.say(locale)
            assert VERB_WORDS[verb].say(locale) in said
            assert "_" not in said
    assert (
        len({words.zh for words in VERB_WORDS.values()})
        == len({words.en for words in VERB_WORDS.values()})
        == len(VERBS)
    )
    assert not [words for words in VERB_WORDS.values() if words.zh.isascii()]


def test_before_merit_is_sealed_whoever_may_decide_it_sees_neither_agency_nor_organisation() -> None:
    assert {Role.HANDLER, Role.SUPERVISOR, Role.CONSUMER_PROTECTION} == DECIDES_MERIT
    for role in Role:
        for purpose in Purpose:
            opens = ("see_complaint_reveal", role, purpose) in GRANTS
            assert may_reveal(_actor(role, purpose=purpose), merit_decided=True) is opens
            assert may_reveal(_actor(role, purpose=purpose), merit_decided=False) is (
                opens and role not in DECIDES_MERIT
            )


def test_a_second_role_or_purpose_does_not_open_it_early() -> None:
    for role in set(Role) - {Role.ADMIN}:
        for purpose in Purpose:
            assert not may_reveal(_actor(Role.HANDLER, role, purpose=purpose), merit_decided=False)


def test_the_table_names_each_grant_once() -> None:
    lines = [(verb, role, purpose) for verb, roles, purposes in TABLE for role in roles for purpose in purposes]
    assert len(lines) == len(set(lines))
    assert all(roles and purposes for _, roles, purposes in TABLE)


def test_actions_ask_only_for_verbs_of_the_table() -> None:
    """A verb mistyped in an action would be refused to everybody, and nobody would know why."""
    asked = set()
    for path in ACTIONS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "may":
                assert isinstance(node.args[1], ast.Constant), f"{path.name}: the verb stands in the call"
                asked.add(node.args[1].value)
    assert asked == set(VERBS), "and no verb stands in the table without an action that asks for it"


HELPERS = {
    "open_cases",
    "scan_of",
    "destroy",
    "keep_retention_act",
    "open_batch",
    "open_kind",
    "is_closed",
    "complaint_copies",
    "keep_desk_acts",
    "in_form",
    "may_do",
    "open_to",
    "draft_of",
    "merit_stage",
    "stay_out",
    "closed",
    "referral_facts",
    "keep_act",
    "meet_sightings",
    "meet_ad",
    "forget_reach",
    "open_rings",
    "keep",
    "keep_case_act",
    "keep_case_acts",
    "settle",
    "settle_case",
    "keep_objection_act",
    "carry_answer",
    "lift_dispute",
    "keep_aid_act",
    "stand_apart",
    "take_up",
    "theirs_of",
    "case_acts",
    "seen_exhibit",
    "sees",
    "may_see",
    "stand_aside",
    "aside",
    "seal_act",
    "put_clock_event",
    "seal_parity",
    "seal_rings",
    "update",
    "reopen",
    "opened_early",
    "acting_roles",
    "allowed",
    "may",
    "may_reveal",
}  # called by actions that asked


def test_every_action_of_a_person_asks_before_it_does_anything() -> None:
    for path in ACTIONS.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in HELPERS
            if named and "actor" in {arg.arg for arg in node.args.args}:
                first = next(one for one in node.body if not _is_docstring(one))
                call = first.value if isinstance(first, ast.Expr) else None
                asks = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "may"
                assert asks, f"{path.name}: {node.name}"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
