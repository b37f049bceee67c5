"""What did the loan really cost, and does it exceed a line that binds?"""

from mingcha.merit.check import result
from mingcha.merit.price import Cost, cost
from mingcha.model.account import Account
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.provenance import Cite, Clause, JudgedBy
from mingcha.model.words import Words
from mingcha.standards.load import Standards

LINES = {"bank": "assisted.24", "consumer_finance": "assisted.24", "trust": "assisted.24", "platform": "assisted.24", "small_loan": "small-loan.24"}  # fmt: skip


def price(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """The dearest account against the institution's own disclosed rate; the regulator's line is shown for people."""
    costed = [(account, found) for account in file.accounts if (found := cost(account)) is not None]
    if not costed:
        return _unchecked(file, claim)
    account, dearest = max(costed, key=lambda pair: (pair[1].effective or 0, pair[0].id))
    clause, state, why = _verdict(file, standards, account, dearest)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "price",
        claim,
        state,
        clause,
        why,
        grievance=Grievance.PRICE,
        cites=(Cite("accounts", account.id),),
        searched=Searched(records=len(file.accounts)),
        figures=(("effective", dearest.effective or 0), ("fees", dearest.fees), ("nominal", dearest.nominal or 0)),
    )


def _verdict(
    file: MeritFile, standards: Standards, account: Account, found: Cost
) -> tuple[Clause | None, MeritState, Words]:
    assert account.opened_on is not None
    shown = Words(
        f"按实际还款计划（含费用）年化：名义{_percent(found.nominal)}，实际{_percent(found.effective)}",
        f"yearly cost over the real schedule, fees included: {_percent(found.nominal)} nominal, {_percent(found.effective)} effective",
    )
    promise = next(iter(standards.in_force("promise.disclosed", account.opened_on)), None)
    if promise is not None and account.disclosed_rate is not None and found.effective is not None:
        over = found.effective - account.disclosed_rate > int(promise.parameter("tolerance"))
        least = min(rate for rate in (found.nominal, found.effective) if rate is not None)
        if over and least - account.disclosed_rate > int(promise.parameter("tolerance")):
            disclosed = _percent(account.disclosed_rate)
            return (
                promise,
                MeritState.CONFIRMED,
                Words(f"{shown.zh}，均高于披露的{disclosed}", f"{shown.en}; both above the disclosed {disclosed}"),
            )
    name = LINES.get(file.licence or account.licence or "")
    line = next(iter(standards.in_force(name, account.opened_on)), None) if name else None
    if line is None:
        return (
            promise,
            MeritState.UNCHECKED,
            Words(f"{shown.zh}；放款日无已知价格线", f"{shown.en}; no known line on the day of the loan"),
        )
    limit = int(line.parameter("line"))
    rates = [rate for rate in (found.nominal, found.effective) if rate is not None]
    if line.judged_by is JudgedBy.PEOPLE and any(rate > limit for rate in rates):
        return line, MeritState.PARTLY, Words(
            f"{shown.zh}；有口径超过{_percent(limit)}，按哪一口径由人判断", f"{shown.en}; above {_percent(limit)} by one reading: which applies is for people"
        )  # fmt: skip
    return (
        line,
        MeritState.CONTRADICTED,
        Words(f"{shown.zh}，均未超过{_percent(limit)}", f"{shown.en}; neither above {_percent(limit)}"),
    )


def _unchecked(file: MeritFile, claim: Claim | None) -> MeritResult | None:
    if claim is None:
        return None
    missing = Words("缺少放款日、本金或还款计划", "the pay-out date, principal or schedule is missing")
    return result(
        "price",
        claim,
        MeritState.UNCHECKED,
        None,
        Words("缺少合同记录，未能核算成本", "contract records are missing: the cost could not be worked out"),
        grievance=Grievance.PRICE,
        searched=Searched(records=len(file.accounts), missing=(missing,)),
    )


def _percent(millionths: int | None) -> str:
    return "—" if millionths is None else f"{millionths / 10_000:.2f}%"
