"""Members, complaints outside and whole families for the tests of the family page."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from mingcha.campaign.family_facts import Circumstances, PageFacts, PageMember
from mingcha.campaign.summary import CHINA, MemberFacts
from mingcha.model.account import Event
from mingcha.model.campaign import SampleMatch
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Claim, Grievance, MeritResult, MeritState, Searched
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.text import Passage
from mingcha.model.words import Words

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
ALL_KINDS = frozenset({"complaints", "customers", "events", "samples", "representatives"})
LETTER = SampleMatch("S-1", "范本", 900_000, Cite("samples", "S-1"))


def seen(complaint: str, **more: Any) -> Circumstances:
    """One complaint's circumstances, about nothing in particular unless told."""
    plain: dict[str, Any] = dict.fromkeys(("channel", "product", "lender", "region", "merchant"))
    return Circumstances(
        **(
            {"complaint": complaint, "received_at": MONDAY, "agencies": frozenset(), "headings": frozenset()}
            | plain
            | more
        )
    )


def outside(count: int, **more: Any) -> tuple[Circumstances, ...]:
    """So many complaints outside, all of these circumstances."""
    return tuple(seen(f"o{n:04d}", **more) for n in range(count))


def checked(state: MeritState, grievance: Grievance = Grievance.PRICE, *, claimed: bool = True) -> MeritResult:
    """What one check came to."""
    claim = Claim(grievance, Passage("c", 0, 1, "")) if claimed else None
    return MeritResult("check", grievance, claim, state, "clause", None, Words("因", "why"), (), Searched())


def member(n: int, *results: MeritResult, **more: Any) -> PageMember:
    """Member n: an act and a verified customer of its own unless told; `more` goes to whichever value has the field."""
    facts = MemberFacts(
        complaint=f"c{n:03d}", act=f"c{n:03d}", customer=Customer(id=f"p{n}", verified=True, household="none"),
        received_at=MONDAY, channel=None, lender=None, product=None, merchant=None, represented=False, similarity=900_000,
    )  # fmt: skip
    page = {key: more.pop(key) for key in ("wording", "person_known", "decided") if key in more}
    own = {key: value for key, value in more.items() if key in MemberFacts.__dataclass_fields__}
    shown = {key: value for key, value in more.items() if key in Circumstances.__dataclass_fields__}
    assert set(more) == set(own) | set(shown)
    return PageMember(
        **({"wording": None, "person_known": True, "decided": None} | page),
        facts=replace(facts, **own),
        seen=seen(f"c{n:03d}", **shown),
        merit=results,
    )


def facts(*members: PageMember, **more: Any) -> PageFacts:
    """A family of these members, with nothing outside unless told."""
    plain: dict[str, Any] = {"id": "f", "similarity_min": 610_000, "unread": 0, "outside": (), "outside_of": 0}
    return PageFacts(**(plain | {"events": (), "kinds_held": ALL_KINDS, "members": members} | more))


TIMES = st.one_of(st.none(), st.integers(0, 3_000).map(lambda hours: MONDAY + timedelta(hours=hours)))
FEW = st.one_of(st.none(), st.sampled_from(["a", "b", "c"]))
RESULTS = st.builds(
    checked, st.sampled_from(MeritState), st.sampled_from(Grievance), claimed=st.booleans()
)  # fmt: skip


@st.composite
def families(draw: st.DrawFn) -> PageFacts:
    """Small families with gaps everywhere: acts of several filings, blanks, repeats, events, letters, representation."""
    members = []
    for n in range(draw(st.integers(0, 9))):
        at = draw(TIMES)
        who = draw(st.one_of(st.none(), st.integers(0, 5)))
        members.append(
            member(
                n,
                *draw(st.lists(RESULTS, max_size=3)),
                act=f"a{draw(st.integers(0, 5))}",
                customer=None if who is None else Customer(id=f"p{who}", verified=True, household="none"),
                received_at=at,
                channel=draw(FEW),
                lender=draw(FEW),
                product=draw(FEW),
                region=draw(FEW),
                merchant=draw(st.one_of(FEW, st.just("none"))),
                agencies=draw(st.frozensets(st.sampled_from("xyz"), max_size=2)),
                headings=draw(st.frozensets(st.sampled_from(["甲", "乙", "丙", "丁"]))),
                represented=draw(st.booleans()),
                sample=draw(st.one_of(st.none(), st.just(LETTER))),
                wording=draw(FEW),
                person_known=draw(st.booleans()),
                decided=draw(st.one_of(st.none(), st.sampled_from(MeritVerdict))),
            )
        )
    beyond = [
        seen(
            f"o{n}",
            received_at=draw(TIMES),
            channel=draw(FEW),
            product=draw(FEW),
            headings=frozenset({"甲", "乙", "丙"}),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    events = [Event(id="E-1", event_kind="outage", from_at=MONDAY)] if draw(st.booleans()) else []
    return facts(
        *members,
        unread=draw(st.integers(0, 3)),
        outside=tuple(beyond),
        outside_of=len(beyond),
        events=tuple(events),
        kinds_held=frozenset(draw(st.sets(st.sampled_from(sorted(ALL_KINDS))))),
    )
