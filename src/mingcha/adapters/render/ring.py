"""One ring as a self-contained page with a drawn graph."""

from collections.abc import Sequence

from mingcha.adapters.render.report import environment
from mingcha.model.ad_cycle import STAGE_WORDS, Stage
from mingcha.model.finding import CONDUCT_WORDS
from mingcha.model.ring import BECAME_WORDS, Ring, RingEvent


def render_ring(
    ring: Ring, events: Sequence[RingEvent], ads: Sequence[tuple[str, Stage]], locale: str, *, simulated: bool
) -> str:
    """HTML with both languages inside; `locale` says which is shown first."""
    first = "zh" if locale.startswith("zh") else "en"
    page = environment().get_template("ring.html.jinja")
    return page.render(
        r=ring,
        events=events,
        ads=ads,
        stage=STAGE_WORDS.__getitem__,
        simulated=simulated,
        first=first,
        became=BECAME_WORDS.__getitem__,
        conduct=CONDUCT_WORDS.__getitem__,
    )
