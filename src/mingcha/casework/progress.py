"""What the playbook asks next, and which elements of an offence have exhibits: facts set against dated data, nothing weighed."""

from collections.abc import Iterable
from dataclasses import dataclass

from mingcha.model.case import StepDone
from mingcha.model.case_facts import CaseFacts
from mingcha.standards.casework import Element, Offence, Playbook, Step


@dataclass(frozen=True, slots=True)
class StepState:
    """A step and how it was done, the newest last; done without the exhibits it asks for it is not done."""

    step: Step
    done: tuple[StepDone, ...]

    @property
    def finished(self) -> bool:
        """Whether it was done as the playbook asks."""
        return any(one.exhibits or not self.step.evidence for one in self.done)


@dataclass(frozen=True, slots=True)
class ElementState:
    """An element, the exhibits held for it, and what was noted; without exhibits it is a gap."""

    element: Element
    exhibits: tuple[str, ...]
    notes: tuple[str, ...]


def steps(playbook: Playbook, facts: CaseFacts) -> tuple[StepState, ...]:
    """The steps of a playbook in its order."""
    return tuple(StepState(step, tuple(one for one in facts.steps if one.step == step.id)) for step in playbook.steps)


def elements(offence: Offence, facts: CaseFacts) -> tuple[ElementState, ...]:
    """The elements of an offence in its order, with what is held for each."""
    out = []
    for element in offence.elements:
        mine = [one for one in facts.shown if one.element == element_id(offence, element)]
        exhibits = tuple(dict.fromkeys(exhibit for one in mine for exhibit in one.exhibits))
        out.append(ElementState(element, exhibits, tuple(one.note for one in mine if one.note)))
    return tuple(out)


def element_id(offence: Offence, element: Element) -> str:
    """How an act names an element: `offence.element`."""
    return f"{offence.id}.{element.id}"


def element_ids(offences: Iterable[Offence]) -> tuple[str, ...]:
    """How acts name all elements of these offences."""
    return tuple(element_id(offence, element) for offence in offences for element in offence.elements)


def gaps(offence: Offence, facts: CaseFacts) -> tuple[Element, ...]:
    """The elements nothing is held for."""
    return tuple(one.element for one in elements(offence, facts) if not one.exhibits)
