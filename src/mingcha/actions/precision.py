"""Precision, drift and agreement over the whole house, for whoever sees parity; asking is sealed."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from mingcha.actions.assessments import open_output
from mingcha.actions.codec import dumps
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.lots import lots
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.detect.catalogue import CATALOGUE
from mingcha.model.actor import Actor
from mingcha.model.decision import Conclusion
from mingcha.model.finding import Finding
from mingcha.model.merit import MeritState
from mingcha.model.precision import Judged, Precision
from mingcha.quality.precision import precision


def precision_figures(deps: Deps, actor: Actor) -> Precision:
    """The figures as of now; complaints whose merit the asker may still decide are counted and left out (law 2)."""
    may(actor, "see_parity")
    with deps.store.read() as view:
        ids = [stored.id for stored in view.records.scan("complaints") if stored.wrapped]
        cases = [case for lot in lots(ids) for case in _judged(deps, view, actor, lot)]
    shown = [case for case in cases if case is not None]
    told = [(one.code, one.label, one.answer, one.side) for one in CATALOGUE]
    today = deps.now().astimezone(deps.zone).date()
    figures = precision(shown, told, today, len(cases) - len(shown))
    with deps.store.write() as work:
        act = {"act": "precision", "assessed": figures.assessed, "digest": sha256(dumps(figures)).hexdigest()}
        seal_act(deps, work, DECISIONS, actor, act)
    return figures


def _judged(deps: Deps, work: Work, actor: Actor, ids: Sequence[str]) -> Iterator[Judged | None]:
    """Assessed complaints; None for each that is not shown to this asker."""
    rows, assessed = work.desk.rows(ids), work.desk.assessments(ids)
    for id_ in ids:
        made = assessed.get(id_)
        if id_ not in rows or made is None or not made.wrapped:
            continue
        if not may_reveal(actor, rows[id_].merit_decided):
            yield None
            continue
        output, decisions = open_output(deps, made), tuple(work.desk.decisions(id_))
        concluded = standing(decisions).conclusion
        yield Judged(
            received_on=rows[id_].received_at.astimezone(deps.zone).date(),
            fired=tuple({one.detector for one in output.results if isinstance(one, Finding)}),
            confirmed=any(one.state is MeritState.CONFIRMED for one in output.merit),
            decisions=decisions,
            conclusion=Conclusion(concluded.verdict) if concluded else None,
        )
