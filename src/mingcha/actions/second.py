"""The second pair of eyes: another person, and neither the other's subordinate; one rule for whatever takes two (law 5)."""

from mingcha.actions.ports.store import Work
from mingcha.errors import NotPermitted
from mingcha.model.actor import LOCAL, Actor
from mingcha.model.words import Words

BE_SECOND = Words("担任第二人", "be the second person")


def independent(work: Work, first: str, second: Actor) -> None:
    """Return when the second person may stand beside the first; NotPermitted otherwise."""
    one, other = first.removeprefix(LOCAL), second.name.removeprefix(LOCAL)
    if one == other:
        why = Words("第一人不能同时是第二人", "the first person cannot be the second")
        raise NotPermitted(actor=second.name, verb=BE_SECOND, why=why)
    superior = {person.name: person.reports_to for person in work.accounts.all()}
    if superior.get(one) == other or superior.get(other) == one:
        why = Words("两人之间有上下级关系", "one of the two reports to the other")
        raise NotPermitted(actor=second.name, verb=BE_SECOND, why=why)
