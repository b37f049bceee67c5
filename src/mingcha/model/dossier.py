"""All that detectors may look at for one complaint: its own records and summaries of what it is tied to.

Personal values are keyed tokens. No member lists, no truth columns, no ids that could carry meaning.
"""

from dataclasses import dataclass

from mingcha.model.account import Account, Ad, Event, Offer, Reply
from mingcha.model.campaign import CampaignSummary
from mingcha.model.complaint import Attachment, Complaint, PaperCheck
from mingcha.model.merit import Claim, MeritResult
from mingcha.model.party import Authorisation, Callback, Customer, Representative
from mingcha.model.text import ContactMention, Folded, TermHit
from mingcha.model.tie import GroupSummary, TieSummary
from mingcha.model.traces import Loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One complaint as the detectors see it. `kinds_held` says which kinds of records the house holds at all."""

    complaint: Complaint  # its `id` is the keyed record id
    text: Folded
    claims: tuple[Claim, ...] = ()
    merit: tuple[MeritResult, ...] = ()
    contacts: tuple[ContactMention, ...] = ()
    terms: tuple[TermHit, ...] = ()
    customer: Customer | None = None
    accounts: tuple[Account, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()
    representatives: tuple[Representative, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    paper_checks: tuple[PaperCheck, ...] = ()
    offers: tuple[Offer, ...] = ()
    replies: tuple[Reply, ...] = ()
    losses: tuple[Loss, ...] = ()
    events: tuple[Event, ...] = ()
    ads: tuple[Ad, ...] = ()  # ads tied by handle to this complaint's contacts
    acts: int = 1  # filings that are the same act as this one (several channels within a day), itself included
    number_owners: int = 0  # other customers who held the filer's number before (a recycled number)
    campaign: CampaignSummary | None = None
    ties: tuple[TieSummary, ...] = ()
    group: GroupSummary | None = None
    kinds_held: frozenset[str] = frozenset()
