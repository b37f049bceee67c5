"""Values go to canonical JSON and come back equal, whatever they hold."""

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions.codec import canonical, dumps, loads, read_json
from mingcha.model.complaint import Complaint
from mingcha.model.finding import Answer, Basis, Family, Finding, Nothing, Observation, Side, Unchecked, Weightless
from mingcha.model.kinds import KINDS
from mingcha.model.provenance import Cite
from mingcha.model.record import Type
from mingcha.model.text import Passage
from mingcha.model.words import Words

VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.TEXT: st.text(),
    Type.ID: st.text(min_size=1),
    Type.REF: st.text(min_size=1),
    Type.REFS: st.lists(st.text(min_size=1)).map(tuple),
    Type.TIME: st.datetimes(timezones=st.just(UTC)),
    Type.DATE: st.dates(),
    Type.MONEY: st.integers(),
    Type.RATE: st.integers(),
    Type.COUNT: st.integers(min_value=0),
    Type.FLAG: st.booleans(),
    Type.CHOICE: st.text(min_size=1),
    Type.PAYMENTS: st.lists(st.tuples(st.dates(), st.integers())).map(tuple),
    Type.FEES: st.lists(st.tuples(st.text(), st.dates(), st.integers())).map(tuple),
}


@given(st.data(), st.sampled_from(KINDS))
def test_every_kind_of_record_survives(data: st.DataObject, kind: Any) -> None:
    values = {c.name: data.draw(VALUES[c.type]) for c in kind.columns}
    record = kind.record(**values)
    again = loads(kind.record, dumps(record))
    assert again == record
    assert dumps(again) == dumps(record)


CITE = Cite("complaints", "C-1", Passage("text", 0, 2, "投诉"))
RESULTS = (
    Finding(
        detector="d", clause="c", answer=Answer.AGENCY, side=Side.FOR, family=Family.TEXT, basis=Basis.TEMPLATE, points=3,
        why=Words("因", "because"), cites=(CITE,),
    ),
    Nothing(detector="d", why=Words("无", "none")),
    Unchecked(detector="d", needs=("calls",), why=Words("缺", "missing")),
)  # fmt: skip


@pytest.mark.parametrize("result", RESULTS)
def test_members_of_a_union_are_told_apart(result: Any) -> None:
    assert loads(type(result), dumps(result)) == result


def test_observation_survives() -> None:
    seen = Observation(Weightless.TONE, CITE)
    assert loads(Observation, dumps(seen)) == seen


@dataclass(frozen=True)
class _Share:
    part: float


def test_floats_have_no_canonical_form() -> None:
    with pytest.raises(TypeError, match="float"):
        dumps(_Share(0.5))


def test_defaults_are_left_out_and_read_back() -> None:
    bare = Complaint(id="1")
    assert dumps(bare) == b'{"id":"1"}'
    assert loads(Complaint, b'{"id":"1"}') == bare
    assert next(f.name for f in fields(Complaint)) == "id"


def test_times_keep_their_zone() -> None:
    at = datetime(2026, 3, 5, 21, 14, tzinfo=UTC)
    record = Complaint(id="1", received_at=at, channel_due=date(2026, 3, 20))
    assert loads(Complaint, dumps(record)).received_at == at


ANY_TEXT = st.text() | st.text(st.characters(categories=("Cs", "Lo", "Cc")))  # lone surrogates too
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner),
    max_leaves=15,
)


@given(PLAIN)
def test_the_bytes_are_those_of_the_standard_library(plain: Any) -> None:
    slow = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(plain) == slow.encode("utf-8", "surrogatepass")
    assert read_json(canonical(plain)) == plain
