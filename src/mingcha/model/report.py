"""What the manager's report shows, as values; the page is drawn from them and from nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.ad_cycle import Funnel
from mingcha.model.ring import Ring
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: Words
    value: int
    tone: str = "plain"  # plain, good, warn, bad


@dataclass(frozen=True, slots=True)
class GrievanceLine:
    """How often one grievance was claimed and what checking came to."""

    label: Words
    claimed: int
    states: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A product, lender or agency behind confirmed grievances: is this our fault?"""

    what: Words
    name: str
    confirmed: int
    claimed: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an aligned copy: the same as the template, or its own."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """One family of near-identical texts, aligned, with what may innocently explain it. Texts are redacted."""

    id: str
    texts: int
    acts: int
    unrelated: int
    unknown: int
    similarity_min: int  # millionths
    channels: tuple[str, ...]
    lenders: tuple[str, ...]
    explanations: tuple[Words, ...]
    copies: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """One suggestion that is not `ordinary`, with its reasons. The id is a keyed one."""

    complaint: str
    label: Words
    why: Words
    why_not: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """One complaint that waits for its answer, as the queue has it. The id is a keyed one; nothing in it says suspicion."""

    complaint: str
    channel: str
    due: date
    days_left: int  # negative once overdue
    welfare: bool
    state: Words
    unread: bool  # no source for the deadline: shown with a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """The whole report."""

    made_at: datetime
    workspace: str
    simulated: bool
    complaints: int
    overdue: int
    due_3: int
    due_7: int
    needs_repair: int
    welfare: int
    unread_clocks: int
    by_due: tuple[Bar, ...]
    by_channel: tuple[Bar, ...]
    nearest: tuple[DeadlineLine, ...]  # the head of the queue; empty for whoever opens no single complaint
    open: int
    grievances: tuple[GrievanceLine, ...]
    causes: tuple[CauseLine, ...]
    campaigns: tuple[CampaignCard, ...]
    campaigns_of: int
    rings: tuple[Ring, ...]  # suspected ones first, then by customers; empty for whoever sees no rings
    rings_of: int
    rings_withheld: int  # hold a complaint whose merit the reader could still decide
    labels: tuple[Bar, ...]
    suggestions: tuple[SuggestionLine, ...]
    suggestions_of: int
    explained: tuple[Bar, ...]
    unchecked: tuple[Bar, ...]
    skipped: tuple[Bar, ...]
    ads: tuple[Funnel, ...] = ()  # one a way of telling ads apart; empty for whoever sees no ads
