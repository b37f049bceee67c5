"""What did the loan really cost, and does it exceed a line that binds?"""

from dataclasses import dataclass

from mingcha.merit.check import result
from mingcha.merit.price import Cost, cost
from mingcha.model.account import Account
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.provenance import Cite, Clause, JudgedBy
from mingcha.model.words import Words
from mingcha.standards.load import Standards

S = MeritState
WORST_FIRST = (S.CONFIRMED, S.PARTLY, S.UNCHECKED, S.NOT_FOUND, S.CONTRADICTED)
NO_CONTRACT = Words("缺少放款日、本金或还款计划", "the pay-out date, principal or schedule is missing")
NO_FEES = Words(
    "账户上没有列出费用；账外收费无法从记录看出", "no fees stand on the account; charges outside it cannot be seen"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one clause says of one account's cost."""

    state: MeritState
    clause: Clause | None
    why: Words


def price(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Every account against the institution's own disclosed rate and the lines in force the day it was paid out.

    The account with the worst verdict is shown. A line whose method no source names is left to people, both figures given.
    """
    costed = [(account, found) for account in file.accounts if (found := cost(account)) is not None]
    if not costed:
        return _unchecked(file, claim)
    judged = [(_judge(file, standards, account, found), account, found) for account, found in costed]
    verdict, account, found = min(
        judged, key=lambda one: (WORST_FIRST.index(one[0].state), -(one[2].effective or 0), one[1].id)
    )
    if claim is None and verdict.state is not S.CONFIRMED:
        return None
    figures = {
        "nominal": found.nominal,
        "effective": found.effective,
        "compounded": found.compounded,
        "fees": found.fees,
        "accounts": len(costed),
    }
    return result(
        "price",
        claim,
        verdict.state,
        verdict.clause,
        Words(f"{_shown(found).zh}；{verdict.why.zh}", f"{_shown(found).en}; {verdict.why.en}"),
        grievance=Grievance.PRICE,
        cites=(Cite("accounts", account.id),),
        searched=Searched(records=len(file.accounts), missing=_missing(file, costed, verdict.state)),
        figures=tuple(sorted((name, value) for name, value in figures.items() if value is not None)),
    )


def _judge(file: MeritFile, standards: Standards, account: Account, found: Cost) -> Verdict:
    assert account.opened_on is not None  # without it nothing was costed
    licence = account.licence or file.licence or ""
    verdicts = []
    for clause in standards.in_force("price", account.opened_on):
        named = dict(clause.parameters)
        if clause.id.endswith(":promise.disclosed") and account.disclosed_rate is not None:
            verdicts.append(_against(clause, account, found, account.disclosed_rate + int(named["tolerance"])))
        elif "line" in named and licence in str(named.get("licences", licence)).split():
            verdicts.append(_against(clause, account, found, int(named["line"])))
    if not any("line" in dict(verdict.clause.parameters) for verdict in verdicts if verdict.clause):
        why = Words("放款日没有已知的价格线", "no line is known for the day of the loan")
        kept = next((verdict.clause for verdict in verdicts), None)
        verdicts.append(Verdict(S.UNCHECKED, kept, why))
    return min(verdicts, key=lambda verdict: WORST_FIRST.index(verdict.state))


def _against(clause: Clause, account: Account, found: Cost, limit: int) -> Verdict:
    title = clause.title
    over = [rate for rate in found.readings if rate > limit]
    if clause.judged_by is not JudgedBy.DETECTOR or str(clause.parameter("method")) == "unnamed":
        if over:
            zh, en = (
                f"有口径超过{title.zh}{_percent(limit)}",
                f"above the line of {title.en}, {_percent(limit)}, by one reading",
            )
            both = found.readings and len(over) == len(found.readings)
            zh, en = (
                (zh.replace("有口径", "两种口径均"), en.replace("one reading", "every reading")) if both else (zh, en)
            )
            return Verdict(
                S.PARTLY,
                clause,
                Words(f"{zh}，是否适用、按哪一口径由人判断", f"{en}; whether it applies is for people"),
            )
        below = Words(
            f"各口径均未超过{title.zh}{_percent(limit)}，是否适用由人判断",
            f"by no reading above the line of {title.en}, {_percent(limit)}; whether it applies is for people",
        )
        return Verdict(S.UNCHECKED, clause, below)
    rate = found.by(str(clause.parameter("method")))
    if rate is None:
        return Verdict(
            S.UNCHECKED, clause, Words("还款计划不足以算出该口径", "the schedule does not determine this reading")
        )
    if rate > limit:
        return Verdict(
            S.CONFIRMED, clause, Words(f"高于{title.zh}{_percent(limit)}", f"above {title.en}, {_percent(limit)}")
        )
    below = Words(f"未高于{title.zh}{_percent(limit)}", f"not above {title.en}, {_percent(limit)}")
    return Verdict(S.CONTRADICTED if account.fees else S.NOT_FOUND, clause, below)


def _missing(file: MeritFile, costed: list[tuple[Account, Cost]], state: MeritState) -> tuple[Words, ...]:
    out = [NO_CONTRACT] if len(costed) < len(file.accounts) else []
    if state is not S.CONFIRMED and not any(account.fees for account, _ in costed):
        out.append(NO_FEES)
    return tuple(out)


def _unchecked(file: MeritFile, claim: Claim | None) -> MeritResult | None:
    if claim is None:
        return None
    return result(
        "price",
        claim,
        S.UNCHECKED,
        None,
        Words("缺少合同记录，未能核算成本", "contract records are missing: the cost could not be worked out"),
        grievance=Grievance.PRICE,
        searched=Searched(records=len(file.accounts), missing=(NO_CONTRACT,)),
    )


def _shown(found: Cost) -> Words:
    return Words(
        f"按实际还款计划（含费用）年化：名义{_percent(found.nominal)}，实际{_percent(found.effective)}",
        f"yearly cost over the real schedule, fees included: {_percent(found.nominal)} nominal, {_percent(found.effective)} effective",
    )


def _percent(millionths: int | None) -> str:
    return "—" if millionths is None else f"{millionths / 10_000:.2f}%"
