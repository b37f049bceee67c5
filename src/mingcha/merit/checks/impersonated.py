"""Was the loan taken by somebody else in the complainer's name? Records can support it; they never contradict it."""

from mingcha.merit.check import result
from mingcha.merit.ledger import whole
from mingcha.merit.requests import looked_at, notice_cites
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.words import Words
from mingcha.standards.load import Standards


def impersonated(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Identity checks when the loans were taken: failed, lacking, or passed. A passed one can have been deceived."""
    if claim is None:
        return None
    checks = tuple(
        sorted(
            (one for one in file.notices if one.about == "identity_check" and one.given_at <= file.received_at),
            key=lambda one: (one.given_at, one.id),
        )
    )
    failed = tuple(one for one in checks if one.answer == "refused")
    passed = tuple(one for one in checks if one.answer == "granted")
    state, why = _judge(len(failed), len(passed), lacking=not checks and whole(file, "notices", claim))
    return result(
        "impersonated",
        claim,
        state,
        None,
        why,
        grievance=Grievance.IMPERSONATED,
        cites=notice_cites(failed or checks),
        searched=looked_at(file, claim, len(checks)),
        figures=(("failed", len(failed)), ("passed", len(passed))),
    )


def _judge(failed: int, passed: int, *, lacking: bool) -> tuple[MeritState, Words]:
    if failed:
        return MeritState.CONFIRMED, Words(
            f"放款时身份核验有{failed}次未通过", f"{failed} identity checks failed when the loan was taken"
        )
    if passed:
        return MeritState.DISPUTED, Words(
            f"记录有{passed}次身份核验通过；核验可能被冒用，由人调取影像判断",
            f"{passed} identity checks were passed; they can have been deceived: people look at the pictures",
        )
    if lacking:
        return MeritState.PARTLY, Words(
            "我方没有放款时的身份核验记录，由人判断", "we hold no identity check of the loan: for people"
        )
    return MeritState.UNCHECKED, Words(
        "身份核验记录未提供，未能核查", "identity checks were not provided: this could not be checked"
    )
