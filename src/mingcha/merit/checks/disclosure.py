"""Was the yearly cost of the loan shown before it was signed?"""

from mingcha.merit.check import result
from mingcha.merit.ledger import whole
from mingcha.merit.requests import looked_at
from mingcha.model.account import Account
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards


def disclosure(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Accounts for which neither a disclosed rate nor a notice of the price before the pay-out is on record.

    Only a whole register makes the lack of one speak; a rate on record says that it was set down, not that it was seen.
    """
    accounts = sorted(file.accounts, key=lambda one: one.id)
    bare = [one for one in accounts if one.disclosed_rate is None and not _told(file, one)]
    noted = [one for one in accounts if one not in bare and not _told(file, one)]
    if not accounts:
        state, why = (
            MeritState.UNCHECKED,
            Words("没有账户记录，未能核查披露", "no account on record: this could not be checked"),
        )
    elif bare and whole(file, "notices", claim):
        state, why = (
            MeritState.CONFIRMED,
            Words(
                f"有{len(bare)}个账户没有披露年化利率的记录",
                f"no disclosed yearly rate on record for {len(bare)} accounts",
            ),
        )
    elif bare:
        state, why = (
            MeritState.UNCHECKED,
            Words("披露记录不全，未能核查", "records of disclosure are incomplete: this could not be checked"),
        )
    elif noted:
        state, why = (
            MeritState.DISPUTED,
            Words(
                "账户记有披露利率，但没有签约前告知的记录，由人判断",
                "a disclosed rate is on the account, but nothing shows it was told before signing: for people",
            ),
        )
    else:
        state, why = (
            MeritState.NOT_FOUND,
            Words("记录显示签约前已告知年化利率", "our records show that the yearly rate was told before signing"),
        )
    if claim is None:
        return None  # what nobody misses is for an inspection of the books, not for one complaint
    return result(
        "disclosure",
        claim,
        state,
        None,
        why,
        grievance=Grievance.DISCLOSURE,
        cites=tuple(Cite("accounts", one.id) for one in bare or noted or accounts),
        searched=looked_at(file, claim, len(accounts)),
        figures=(("without", len(bare)), ("without_notice", len(noted))),
    )


def _told(file: MeritFile, account: Account) -> bool:
    return any(
        one.about == "price"
        and one.by == "institution"
        and one.account_id == account.id
        and (account.opened_on is None or local_day(one.given_at) <= account.opened_on)
        for one in file.notices
    )
