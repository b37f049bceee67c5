"""Made-up readings and acts on ads: short calls give whole values."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mingcha.model.actor import Role
from mingcha.model.ad_cycle import AdAct, AdBody, Approved, Checked, Drafted, Judged, Look, Receipt, Route, Solicits
from mingcha.model.advert import AdFinding, PostJudged, Solicitation, Stance, Trade
from mingcha.model.text import Passage
from mingcha.model.words import Words

START = datetime(2026, 3, 1, tzinfo=UTC)
SELLS = Trade.ANTI_COLLECTION


def at(hours: float) -> datetime:
    """So many hours after the start."""
    return START + timedelta(hours=hours)


def reading(stance: Stance = Stance.SOLICITS, trade: Trade | None = SELLS, **given: Any) -> PostJudged:
    """A post as the machine might read it."""
    passage = Passage("text", 0, 2, "加微")
    values: dict[str, Any] = {
        "scheme": "test", "is_ad": stance is Stance.SOLICITS and trade is not Trade.OTHER, "probability": 900_000,
        "claims": (), "contacts": (), "findings": (AdFinding("call", Words("招呼联系", "calls"), passage, 900),),
        "against": (), "level": None, "evasive": False,
    }  # fmt: skip
    return PostJudged(stance=stance, trade=trade, **{**values, **given})


def act(body: AdBody, by: str = "ann", hours: float = 0, ad: str = "AD-1") -> AdAct:
    """One act."""
    return AdAct(id=f"{by}-{hours}-{type(body).__name__}", ad=ad, at=at(hours), by=by, body=body)


def word(solicits: Solicits = Solicits.YES, trade: Trade | None = SELLS) -> Judged:
    """A person's word."""
    return Judged(solicits=solicits, trade=trade if solicits is Solicits.YES else None, reason="看过")


def drafted(route: Route = Route.PLATFORM, *, ours: bool = False) -> Drafted:
    """A draft."""
    made = Solicitation(post="AD-1", trade=SELLS, judged=reading())
    return Drafted(route=route, solicitation=made, clause="c", names_institution=ours)


def agreed(role: Role = Role.ANALYST, route: Route = Route.PLATFORM) -> Approved:
    """An approval."""
    return Approved(route, role)


def receipt(hours: float, route: Route = Route.PLATFORM) -> Receipt:
    """A receipt of what was sent then."""
    return Receipt(route, "R-1", at(hours))


def look(what: Look, hours: float) -> Checked:
    """A look then."""
    return Checked(what, at(hours))
