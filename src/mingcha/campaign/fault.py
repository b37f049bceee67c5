"""Is this our fault? What of a family is confirmed on merit, and what its acts have in common that other complaints have not.

A joint grievance is a signal to repair something (law 3). What is not confirmed or not looked at weighs against nobody.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mingcha.campaign.family_facts import Circumstances, PageMember, day_of
from mingcha.model.decision import MeritVerdict
from mingcha.model.family_page import Checked, Common, Fault, FaultPart, GrievanceTally, MeritTally, Tells
from mingcha.model.laws import MIN_UNRELATED_CUSTOMERS
from mingcha.model.merit import Grievance, MeritResult, MeritState
from mingcha.model.party import NO_ONE
from mingcha.model.share import above, share
from mingcha.model.words import Words

LIKELY_ABOVE = 333_333  # the lower end of the interval: more than one in three, however few were looked at
SAYS = {
    Fault.LIKELY: Words(
        "这像是我们自己的问题，而且很多人都遇到了：先整改，再逐件答复。",
        "This looks like a fault of ours that many people met: repair it, then answer each of them.",
    ),
    Fault.SOME: Words(
        "其中有诉求成立：逐件答复并纠正，再看它们有什么共同之处。",
        "Some of these grievances are confirmed: put each right, and look at what they have in common.",
    ),
    Fault.NOT_SHOWN: Words(
        "已核查的诉求目前都未能证实。这不说明诉求不实，也不指向任何人。",
        "None of the grievances looked at is confirmed so far. That makes none untrue, and speaks against nobody.",
    ),
    Fault.UNKNOWN: Words(
        "还没有一件诉求核查出结果：先核诉求，再看下面的内容。",
        "No grievance has been looked at yet: decide merit before you read on.",
    ),
}
UPHELD = {
    MeritVerdict.UPHELD: Checked.CONFIRMED,
    MeritVerdict.PARTLY: Checked.CONFIRMED,
    MeritVerdict.NOT_UPHELD: Checked.NOT_CONFIRMED,
}
CONFIRMED = frozenset({MeritState.CONFIRMED, MeritState.PARTLY})


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of thing acts may have in common, and what a complaint's records say of it: values, none, or nothing."""

    code: str
    label: Words
    of: Callable[[Circumstances], frozenset[str] | None]


def _one(value: str | None) -> frozenset[str] | None:
    """NO_ONE is known to be none: an answer, not a gap."""
    return frozenset({value} - {NO_ONE}) if value else None


KINDS = (
    _Kind("product", Words("同一产品", "product"), lambda c: _one(c.product)),
    _Kind("partner", Words("同一机构或合作方", "lender or partner"), lambda c: _one(c.lender)),
    _Kind("agency", Words("同一催收机构", "collection agency"), lambda c: c.agencies or None),
    _Kind("merchant", Words("同一商户", "merchant"), lambda c: _one(c.merchant)),
    _Kind("date", Words("同一天收到", "received on one day"), lambda c: _one(day_of(c.received_at))),
)


def fault_part(members: Sequence[PageMember], outside: Sequence[Circumstances]) -> FaultPart:
    """The first part of the page; the order of members does not matter."""
    decided = _tally(members, {m.complaint: decided_as(m) for m in members})
    checks = _tally(members, {m.complaint: checked_as(m.merit) for m in members})
    fault = _fault(decided, checks)
    return FaultPart(
        fault=fault,
        says=SAYS[fault],
        decided=decided,
        checks=checks,
        grievances=_grievances(members),
        common=tuple(_common(kind, members, outside) for kind in KINDS),
    )


def decided_as(member: PageMember) -> Checked:
    """What people decided."""
    return UPHELD[member.decided] if member.decided else Checked.OPEN


def checked_as(results: Sequence[MeritResult]) -> Checked:
    """What the checks of our records came to for what was claimed: one confirmed claim confirms, in part counts too."""
    states = {one.state for one in results if one.claim is not None}
    if states & CONFIRMED:
        return Checked.CONFIRMED
    return Checked.NOT_CONFIRMED if states - {MeritState.UNCHECKED} else Checked.OPEN


def _tally(members: Sequence[PageMember], states: Mapping[str, Checked]) -> MeritTally:
    counts = Counter(states.values())
    confirmed, not_confirmed = counts[Checked.CONFIRMED], counts[Checked.NOT_CONFIRMED]
    people = {m.facts.customer.id for m in members if m.facts.customer and states[m.complaint] is Checked.CONFIRMED}
    return MeritTally(
        confirmed=share(confirmed, confirmed + not_confirmed),
        not_confirmed=not_confirmed,
        open=counts[Checked.OPEN],
        customers=len(people),
    )


def _fault(*tallies: MeritTally) -> Fault:
    """Many people met it when either view confirms three customers and surely more than a third of what it looked at."""
    if any(t.customers >= MIN_UNRELATED_CUSTOMERS and (t.confirmed.low or 0) > LIKELY_ABOVE for t in tallies):
        return Fault.LIKELY
    if any(t.confirmed.hits for t in tallies):
        return Fault.SOME
    return Fault.NOT_SHOWN if any(t.confirmed.of for t in tallies) else Fault.UNKNOWN


def _grievances(members: Sequence[PageMember]) -> tuple[GrievanceTally, ...]:
    """Each claimed kind of grievance, in the model's order."""
    out = []
    for grievance in Grievance:
        claims = [[r for r in m.merit if r.claim is not None and r.grievance is grievance] for m in members]
        counts = Counter(checked_as(results) for results in claims if results)
        if counts:
            looked = counts[Checked.CONFIRMED] + counts[Checked.NOT_CONFIRMED]
            out.append(GrievanceTally(grievance, share(counts[Checked.CONFIRMED], looked), counts[Checked.OPEN]))
    return tuple(out)


def _common(kind: _Kind, members: Sequence[PageMember], outside: Sequence[Circumstances]) -> Common:
    """The value that says most: more common here than outside, then in most acts, then the smallest."""
    acts: dict[str, frozenset[str]] = {}
    for member in members:
        said = kind.of(member.seen)
        if said is not None:
            acts[member.facts.act] = acts.get(member.facts.act, frozenset()) | said
    beyond = [said for said in map(kind.of, outside) if said is not None]
    counts, base = (Counter(value for said in side for value in said) for side in (acts.values(), beyond))
    known, shared = len(acts), [value for value, count in counts.items() if count > 1]
    if not shared:
        return Common(
            kind=kind.code,
            label=kind.label,
            value=None,
            members=0,
            here=share(0, known),
            outside=share(0, len(beyond)),
            tells=Tells.NOT_SHARED if known else Tells.NO_DATA,
        )
    shares = {value: (share(counts[value], known), share(base[value], len(beyond))) for value in shared}
    value = min(shared, key=lambda v: (not above(*shares[v]), -counts[v], v))
    here, there = shares[value]
    more = Tells.MORE_COMMON if above(here, there) else Tells.AS_OUTSIDE
    return Common(
        kind=kind.code,
        label=kind.label,
        value=value,
        members=sum(value in (kind.of(m.seen) or ()) for m in members),
        here=here,
        outside=there,
        tells=more if beyond else Tells.NO_BASE,
    )
