"""What an inspector is handed: what does not fit together, a sample of his own drawing, and the lists the rules ask for."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.moves import Moves
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not fit what was sealed. `code` is stable; `where` names the record."""

    code: str
    where: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One complaint of the sample, or of a list of it, without personal data."""

    complaint: str
    received_on: date
    first_due: date
    due: date
    channel: str | None
    product: str | None
    state: str
    merit: str | None  # the verdict that stands
    conclusion: str | None
    confirmed: tuple[str, ...]  # grievances our records confirm
    upheld: tuple[str, ...]
    linked: bool
    papers: int
    answered_with_letter: bool
    replays: bool | None  # whether its assessment is rebuilt bit for bit; None where it was not tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One sealed act of a list: who did what, when."""

    at: datetime
    by: str
    act: str
    about: str
    chain: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The whole of it. Lists cover the period; what is held against the seals covers everything."""

    first: date
    last: date
    seed: str
    asked: int
    made_at: datetime
    heads: tuple[tuple[str, str], ...]  # chain, SEQ:HASH
    counts: tuple[tuple[str, int], ...]  # what was looked at
    flaws: tuple[Flaw, ...]
    sample: tuple[Drawn, ...]
    refused: tuple[Drawn, ...]  # merit decided against the complainer
    linked_upheld: tuple[Drawn, ...]  # linked, and yet true
    moves: Moves
    schemes: tuple[
        Act, ...
    ]  # weights, lists and standards as each run used them, where they changed; weights proposed and adopted
    opened: tuple[Act, ...]  # exports and personal data in clear
    objections: tuple[
        Drawn, ...
    ]  # filings that ask for a review, or to have personal data or a program's part explained
    reversals: tuple[Act, ...]  # decisions taken back
    reports_of_us: tuple[Act, ...]  # reports drafted of posts that name the institution
    parity_digest: str  # of the figures sealed last; the tables stand in the pack


FLAWS: dict[str, Words] = {  # the codes in the order an inspector reads them; the list is the registry
    "seal_broken": Words("封存记录断裂或与留存不符", "a seal is broken, or what is kept does not fit it"),
    "chain_cut": Words("证据链被截断或重做", "a chain was cut or made anew"),
    "day_changed": Words("已封存的日期不符", "a sealed day is not what was sealed"),
    "batch_missing": Words("导入批次缺失", "a batch of an import is gone"),
    "batch_unsealed": Words("导入批次未封存", "a batch was never sealed"),
    "batch_changed": Words("导入批次被改", "a batch was changed"),
    "record_unsealed": Words("记录未封存", "a record was never sealed"),
    "record_changed": Words("记录被改", "a record was changed"),
    "record_hidden": Words("记录被隐藏", "a record is hidden"),
    "record_redated": Words("记录时间被改", "a record was re-dated"),
    "erased_unsealed": Words("无记录的删除", "erased without an act"),
    "tokens_changed": Words("记录查找不到", "a record cannot be found"),
    "complaint_hidden": Words("投诉被隐藏", "a complaint is hidden"),
    "row_of_none": Words("待办无对应投诉", "a row of no complaint"),
    "row_changed": Words("待办内容被改", "a row of the desk was changed"),
    "receipt_changed": Words("收到时间被改", "the receipt was changed"),
    "clock_changed": Words("期限被改", "a due date was changed"),
    "state_changed": Words("状态无依据", "a state without a paper"),
    "welfare_removed": Words("移出关怀通道", "taken out of the welfare lane"),
    "reopened_changed": Words("记录有变的标记被改", "the mark of changed records was altered"),
    "assigned_changed": Words("经办人被改", "who has it was altered"),
    "decided_changed": Words("是否已决被改", "what is decided was altered"),
    "repair_changed": Words("整改台账被改", "the ledger of repairs was altered"),
    "cause_changed": Words("所登记的成因被改", "a named cause was altered"),
    "stop_changed": Words("停止联系的登记被改", "a stop of contacts was altered"),
    "paper_missing": Words("期限文书缺失", "a paper is gone"),
    "paper_unsealed": Words("期限文书未封存", "a paper was never sealed"),
    "paper_changed": Words("期限文书被改", "a paper was changed"),
    "decision_missing": Words("决定缺失", "a decision is gone"),
    "decision_unsealed": Words("决定未封存", "a decision was never sealed"),
    "decision_changed": Words("决定被改", "a decision was changed"),
    "order": Words("先结论后诉求", "concluded before merit"),
    "decided_by_named": Words("被指名者参与决定", "decided by whom the complaint names"),
    "one_person": Words("一人确认自己的决定", "one person confirmed himself"),
    "assessment_changed": Words("核查结果被改", "an assessment was changed"),
    "assessments_missing": Words("核查结果缺失", "assessments are gone"),
    "parity_missing": Words("未封存同等对待指标", "parity was not sealed"),
    "families_changed": Words("家族被改", "families were changed"),
    "judgement_missing": Words("家族判断缺失", "a judgement of families is gone"),
    "judgement_changed": Words("家族判断被改", "a judgement of families was changed"),
    "rings_changed": Words("团伙记录被改", "the book of rings was altered"),
    "tie_word_changed": Words("对关联的判断被改", "a word on ties was altered"),
    "person_word_changed": Words("是否同一人的判断被改", "a word on persons was altered"),
    "ad_act_changed": Words("对广告的操作被改", "an act on an ad was altered"),
    "book_act_changed": Words("对案件、援助或待办的操作被改", "an act on a case, on aid or on the desk was altered"),
    "remains_changed": Words("已销毁投诉的统计数被改", "figures of what was disposed of were altered"),
    "exhibit_changed": Words("证据被改", "an exhibit was altered"),
    "weights_changed": Words("权重提案被改", "a proposal of weights was altered"),
    "objection_late": Words("异议答复逾期", "an objection was answered late, or is overdue"),
    "transfer_missing": Words("转办投诉未登记", "a transferred complaint is not registered"),
    "transfer_late": Words("转办投诉登记过晚", "a transferred complaint was registered late"),
    "transfer_due": Words("晚于转办期限", "due later than the transfer asks"),
}
