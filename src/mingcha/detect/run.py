"""Run the catalogue over one dossier, and gather what groups need: conduct, explanations, representation.

What a group keeps of its members is records and never their words: a passage in the assessments of others would outlive
the erasure of whoever wrote it.
"""

from mingcha.detect.catalogue import CATALOGUE
from mingcha.detect.detector import Detector
from mingcha.detect.observations import observe
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Conduct, Finding, Observation, Result
from mingcha.model.provenance import Cite

EXPLAINS = frozenset(d.code for d in CATALOGUE if d.explains)
STOPS = tuple(d for d in CATALOGUE if d.stops_ties)


def examine(
    dossier: Dossier, catalogue: tuple[Detector, ...] = CATALOGUE
) -> tuple[tuple[Result, ...], tuple[Observation, ...]]:
    """Every detector's result in reading order, and the weightless observations."""
    return tuple(detector.run(dossier) for detector in catalogue), observe(dossier)


def represented(dossier: Dossier) -> bool:
    """Whether verified representation stops ties through this complaint's filer."""
    return any(isinstance(detector.run(dossier), Finding) for detector in STOPS)


def conduct_findings(results: tuple[Result, ...]) -> tuple[tuple[Conduct, str, Cite], ...]:
    """Conduct that was found: (conduct, detector, first source)."""
    return tuple(
        (r.conduct, r.detector, _record(r.cites[0]))
        for r in results
        if isinstance(r, Finding) and r.conduct is not None
    )


def explanations(results: tuple[Result, ...]) -> tuple[tuple[str, Cite], ...]:
    """Innocent explanations of a group that held for this complaint: (detector, first source)."""
    return tuple(
        (r.detector, _record(r.cites[0])) for r in results if isinstance(r, Finding) and r.detector in EXPLAINS
    )


def _record(cite: Cite) -> Cite:
    return Cite(cite.kind, cite.record)
