"""What people said of families, as it is kept."""

from mingcha.actions.codec import loads
from mingcha.actions.ports.store import Work
from mingcha.model.family import FamilyJudgement


def judgements(work: Work) -> list[FamilyJudgement]:
    """What people said of families, oldest first."""
    return [loads(FamilyJudgement, body) for body in work.campaigns.judgements()]
