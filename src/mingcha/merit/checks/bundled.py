"""Was insurance, a guarantee or a membership sold together with the loan without a choice?"""

from mingcha.merit.check import result
from mingcha.merit.requests import looked_at
from mingcha.model.account import Account
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.load import Standards

ADDED = ("insurance", "guarantee", "membership")  # kinds of fees that are products of their own


def bundled(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Added products on the accounts, and whether a choice is on record. That one is not on record proves nothing."""
    added = [(account, _added(account)) for account in sorted(file.accounts, key=lambda one: one.id)]
    charged = [(account, fen) for account, fen in added if fen]
    chosen = {one.account_id for one in file.notices if one.about == "insurance" and one.answer == "granted"}
    refused = {one.account_id for one in file.notices if one.about == "insurance" and one.answer == "refused"}
    against = [account for account, _ in charged if account.id in refused]
    open_ = [account for account, _ in charged if account.id not in chosen]
    state, why = _judge(file, sum(fen for _, fen in charged), len(against), len(open_))
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    shown = against or open_ or [account for account, _ in charged]
    return result(
        "bundled",
        claim,
        state,
        None,
        why,
        grievance=Grievance.BUNDLED,
        cites=tuple(Cite("accounts", account.id) for account in shown),
        searched=looked_at(file, claim, len(file.accounts)),
        figures=(
            ("charged", sum(fen for _, fen in charged)),
            ("refused", len(against)),
            ("without_choice", len(open_)),
        ),
    )


def _added(account: Account) -> int:
    """Fen of added products on an account."""
    return sum(fen for kind, _, fen in account.fees if kind in ADDED)


def _judge(file: MeritFile, fen: int, against: int, open_: int) -> tuple[MeritState, Words]:
    sum_ = f"{fen / 100:.2f}"
    if against:
        return MeritState.CONFIRMED, Words(
            f"客户表示不要而仍收取了增值产品费用，涉及{against}个账户，合计{sum_}元",
            f"charged although the customer had declined: {against} accounts, {sum_} yuan altogether",
        )
    if open_:
        return MeritState.PARTLY, Words(
            f"收取了保险、担保或会员费用，合计{sum_}元，没有客户可以选择的记录，由人判断",
            f"insurance, guarantee or membership was charged, {sum_} yuan, with no choice on record: for people",
        )
    if fen:
        return MeritState.DISPUTED, Words(
            f"收取了保险、担保或会员费用，合计{sum_}元；记录显示客户同意，是否自愿由人判断",
            f"insurance, guarantee or membership was charged, {sum_} yuan; consent is on record, whether free is for people",
        )
    if any(account.fees for account in file.accounts):
        return MeritState.NOT_FOUND, Words(
            "账户费用中未见保险、担保或会员", "no insurance, guarantee or membership among the fees"
        )
    return MeritState.UNCHECKED, Words(
        "账户上没有列出费用，账外收费无法核查", "no fees stand on the accounts; charges outside them cannot be checked"
    )
