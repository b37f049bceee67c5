"""One seller as a self-contained page with its sightings drawn week by week."""

from mingcha.adapters.render.report import environment
from mingcha.model.ad_cycle import STAGE_WORDS
from mingcha.model.advert import CLAIM_WORDS, TRADE_WORDS
from mingcha.model.seller import THREAD_WORDS, SellerPage

WIDE, HIGH, FEET = 960, 150, 26  # of the drawing, and of the room for the names of weeks
NAMED = 12  # weeks that are named at most


def render_seller(page: SellerPage, locale: str) -> str:
    """HTML with both languages inside; `locale` says which is shown first."""
    made = environment()
    made.globals["stage_words"], made.globals["thread_words"] = STAGE_WORDS.__getitem__, THREAD_WORDS.__getitem__
    made.globals["trade_words"], made.globals["claim_words"] = TRADE_WORDS.__getitem__, CLAIM_WORDS.__getitem__
    made.globals["bars"] = bars
    made.globals["wide"], made.globals["high"] = WIDE, HIGH + FEET
    return made.get_template("seller.html.jinja").render(s=page, first="zh" if locale.startswith("zh") else "en")


def bars(weeks: tuple[tuple[str, int], ...]) -> list[tuple[float, float, float, float, int, str, bool]]:
    """A bar a week: x, y, width, height, how many, the week, whether it is named."""
    most = max((count for _, count in weeks), default=0) or 1
    step, every = WIDE / max(1, len(weeks)), -(-len(weeks) // NAMED)
    wide = round(min(step * 0.8, 48), 2)
    out = []
    for n, (week, count) in enumerate(weeks):
        high = round((HIGH - 18) * count / most, 2)
        out.append(
            (round(step * (n + 0.5) - wide / 2, 2), round(HIGH - high, 2), wide, high, count, week, n % every == 0)
        )
    return out
