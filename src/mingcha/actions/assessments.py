"""Assessments as they are kept: the inputs and what was found, in one sealed body, and how it is opened again."""

import zlib
from dataclasses import dataclass

from mingcha.actions.codec import loads
from mingcha.actions.deps import Deps
from mingcha.model.assessment import Assessment
from mingcha.model.dossier import Dossier
from mingcha.model.merit import MeritFile, MeritResult
from mingcha.model.stored import Envelope, StoredAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The sealed inputs of one assessment: replaying them under the same schemes gives the same bytes."""

    merit: MeritFile
    dossier: Dossier


def open_assessment(deps: Deps, stored: StoredAssessment) -> tuple[Inputs, Assessment]:
    """Decrypt an assessment and the inputs it was made from."""
    inputs, output = _parts(deps, stored)
    return loads(Inputs, inputs), loads(Assessment, output)


def open_output(deps: Deps, stored: StoredAssessment) -> Assessment:
    """Decrypt an assessment alone; reading its inputs is most of the work."""
    return loads(Assessment, _parts(deps, stored)[1])


def open_merit(deps: Deps, stored: StoredAssessment) -> tuple[MeritResult, ...]:
    """What an assessment found on merit, and nothing of agency."""
    return loads(Assessment, _parts(deps, stored)[1]).merit


def _parts(deps: Deps, stored: StoredAssessment) -> list[bytes]:
    packed = deps.keys.open(Envelope(stored.wrapped, stored.body), stored.id.encode())
    return zlib.decompress(packed).split(b"\n", 1)
