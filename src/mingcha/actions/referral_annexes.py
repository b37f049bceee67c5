"""What some forms ask for beside complaints: ads a person judged to solicit, lawyers as authorisations name them, and the texts of two
complaints of one family.

Of an ad stands what is public of it, its account and link; whoever was verified as a representative is told of to nobody whose form
is about false ones.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from mingcha.actions.ad_book import newest_words, sightings_of, state_of
from mingcha.actions.ad_reach import soliciting_among
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, Shared, scan
from mingcha.actions.kept import contact_token, open_record
from mingcha.actions.personal import filed
from mingcha.actions.ports.store import Work
from mingcha.actions.referral_rows import Shown
from mingcha.campaign.scheme import SCHEME
from mingcha.model.advert import TRADE_WORDS
from mingcha.model.case import SubjectKind
from mingcha.model.case_facts import CaseFacts
from mingcha.model.record import Personal
from mingcha.model.referral import AdRow, AgentRow, ComplaintRow, LikePair
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

LAWYER = "lawyer"
VERIFIED = Words("本机构曾核验其代表身份", "we verified them as a representative")
NOT_VERIFIED = Words("本机构未核验，请查登记册", "not verified by us: the register says")
NO_TRADE = Words("", "")


def alike(deps: Deps, work: Work, rows: Sequence[ComplaintRow], shown: Shown) -> tuple[LikePair, ...]:
    """Of each family with complaints of two customers in the pack, the two filed first."""
    families: dict[str, list[ComplaintRow]] = {}
    places = work.campaigns.memberships([row.complaint for row in rows])
    for row in sorted(rows, key=lambda one: (one.filed_at, one.complaint)):
        if row.complaint in places:
            families.setdefault(places[row.complaint].family, []).append(row)
    pairs = [(family, *pair) for family, members in families.items() for pair in islice(_apart(members), 1)]
    return tuple(
        LikePair(
            family=family,
            scheme=SCHEME.id,
            one=one,
            other=other,
            one_text=_text(deps, work, one, shown),
            other_text=_text(deps, work, other, shown),
        )
        for family, one, other in sorted(pairs)
    )


def _apart(members: Sequence[ComplaintRow]) -> Iterator[tuple[str, str]]:
    """Pairs of complaints of different customers, in their order; who the customer is has to be known."""
    for one, other in combinations((row for row in members if row.customer), 2):
        if one.customer != other.customer:
            yield one.complaint, other.complaint


def _text(deps: Deps, work: Work, complaint: str, shown: Shown) -> str:
    opened = filed(deps, work, complaint)
    return shown.text(opened.kept.clear.text or "", opened.own)


def ads(deps: Deps, work: Work, facts: CaseFacts, shown: Shown) -> tuple[AdRow, ...]:
    """The ads of the case whose newest word of a person is that they solicit, by their first day; none a person said fell."""
    named = [one.id for one in facts.subjects if one.kind is SubjectKind.AD]
    items = work.ads.items([id_ for id_ in named if id_ not in facts.barred])
    out = []
    for item in sorted(items.values(), key=lambda one: (one.first_seen, one.id)):
        if not soliciting_among(deps, work, item.sightings):
            continue
        held = sightings_of(deps, work, item)
        newest = newest_words(held)
        last = newest or (held[-1].clear if held else None)
        word = state_of(deps, work, item.id).word
        if last is None:
            continue
        out.append(
            AdRow(
                ad=item.id,
                platform=item.platform or "",
                account=last.author or last.handle or "",
                url=last.url or "",
                first=local_day(item.first_seen),
                last=local_day(item.last_seen),
                trade=TRADE_WORDS[word.trade] if word and word.trade else NO_TRADE,
                text=shown.text(last.text or ""),
                contact=shown.value(Personal.HANDLE, last.contact),
            )
        )
    return tuple(out)


def agents(
    deps: Deps, work: Work, loaded: Sequence[Loaded], shared: Shared, shown: Shown, *, unregistered: bool
) -> tuple[AgentRow, ...]:
    """Whom authorisations of the complaints name as lawyers, each record once; `unregistered`: without those we verified."""
    verified = {one.licence_no for one in scan(deps, work, "representatives") if one.verified and one.licence_no}
    every = {a.id: a for one in loaded for a in one.records["authorisations"] if a.relation == LAWYER or a.licence_no}
    heads = work.records.heads("authorisations", sorted(every))
    out = []
    for id_, keyed in sorted(every.items()):
        firm = (
            contact_token(deps.keys, Personal.COMPANY, keyed.agent_organisation) if keyed.agent_organisation else None
        )
        known = keyed.licence_no in verified or not {keyed.agent_phone, firm}.isdisjoint(shared.representatives)
        if known and unregistered:
            continue
        out.append(
            AgentRow(
                name=shown.value(Personal.NAME, open_record(deps.keys, heads[id_]).clear.agent_name),
                organisation=keyed.agent_organisation or "",
                licence=keyed.licence_no or "",
                relation=Words("律师", "lawyer") if keyed.relation == LAWYER else Words("其他", "other"),
                signed=keyed.signed_on,
                registered=VERIFIED if known else NOT_VERIFIED,
                record=id_,
            )
        )
    return tuple(out)
