"""Cut again what has no sketch under the scheme in force: after an upgrade, from the text the house keeps."""

from collections.abc import Iterator, Sequence

from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.lots import lots
from mingcha.actions.ports.store import Work
from mingcha.campaign.sketches import SKETCH_SCHEME, sketch

LOT = 1_000


def cut_missing(deps: Deps) -> int:
    """Sketch every complaint that has none of today's scheme, a lot a transaction; returns how many."""
    with deps.store.read() as view:
        held = {one.complaint for one in view.campaigns.sketches() if one.scheme == SKETCH_SCHEME}
        missing = [one.id for one in view.records.scan("complaints") if one.wrapped and one.id not in held]
    for lot in lots(missing, LOT):
        with deps.store.write() as work:
            texts = list(_texts(deps, work, lot))
            work.campaigns.put_sketches(sketch(texts, deps.keys.sketch_key()))
    return len(missing)


def _texts(deps: Deps, work: Work, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for one in work.records.heads("complaints", ids).values():
        if one.wrapped:
            yield one.id, open_record(deps.keys, one).keyed.text or ""
