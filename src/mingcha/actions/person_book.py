"""What people said of customers being one person, and who is by the words that stand."""

from mingcha.actions.codec import loads
from mingcha.actions.numbered import add_numbered
from mingcha.actions.ports.store import Work
from mingcha.model.person import PersonJudgement, PersonRow, PersonWord
from mingcha.network.resolving import resolve

PERSON_WORDS = "person_words"  # of summaries


def add_person_word(work: Work, word: PersonWord) -> None:
    """Keep one more word."""
    add_numbered(work, PERSON_WORDS, [word])


def all_person_words(work: Work) -> list[PersonWord]:
    """What people said of customers, oldest first."""
    return [loads(PersonWord, body) for _, body in work.summaries.all(PERSON_WORDS)]


def person_words(work: Work) -> list[PersonWord]:
    """What of it nobody took back."""
    said = all_person_words(work)
    gone = {one.undoes for one in said}
    return [one for one in said if one.verdict is not None and one.id not in gone]


def same_person(work: Work) -> dict[str, tuple[str, ...]]:
    """For each customer who is one person with others, by the words that stand, the others."""
    said = [PersonJudgement(*one.customers, one.verdict, one.by, one.at) for one in person_words(work) if one.verdict]
    known = sorted({id_ for one in said for id_ in (one.one, one.other)})
    groups = resolve([PersonRow(id=id_, parts={}) for id_ in known], (), said, 0).groups
    return {one: tuple(other for other in group if other != one) for group in groups for one in group if len(group) > 1}
