"""The page and the graphs of a ring: the same ring gives the same picture, nothing hostile gets out, other programs read it."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import networkx as nx
import pytest

from mingcha.adapters.render.graph import FORMS, edges, follow_the_money, gexf, graphml, node_link, nodes, write_graph
from mingcha.adapters.render.picture import INNER, OUTER, SIZE, draw
from mingcha.adapters.render.ring import render_ring
from mingcha.errors import InputError
from mingcha.model.ad_cycle import Stage
from mingcha.model.campaign import Unrelated
from mingcha.model.finding import Conduct, Family
from mingcha.model.provenance import Cite
from mingcha.model.ring import Became, Ring, RingEvent, RingMember, RingRole, RingStatus

NOON = datetime(2026, 3, 20, 4, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>&]]>'


def member(kind: str, value: str, role: RingRole, complaints: str, **more: object) -> RingMember:
    fields = {"millibits": 9_500, "bearing": False, "elsewhere": 0, "first": NOON, "last": NOON, "family": Family.LINE}
    return RingMember(
        kind=kind,
        value=value,
        role=role,
        complaints=tuple(complaints),
        cited=(Cite("complaints", "a"),),
        **{**fields, **more},
    )  # type: ignore[arg-type]


def ring(value: str = "token-0001", **more: object) -> Ring:
    fields = {
        "id": "R-1", "scheme": "network@x", "status": RingStatus.SUSPECTED, "level": None, "complaints": tuple("abcd"),
        "members": (
            member("filer_number", value, RingRole.FILER, "abcd", bearing=True),
            member("issuer_seal", "token-0002", RingRole.PAPER_MAKER, "ab", family=Family.PAPER, elsewhere=3),
        ),
        "customers": ("pa", "pb"), "unrelated": Unrelated(count=4, related=0, unknown=0, unchecked_why=None),
        "families": (Family.LINE, Family.PAPER), "conduct": ((Conduct.FORGED_PAPER, "issuer_denies", Cite("issuers", "V-1")),),
        "conduct_more": 2, "explanations": (), "stability": 912_000, "first": NOON, "last": NOON,
    }  # fmt: skip
    return Ring(**{**fields, **more})  # type: ignore[arg-type]


EVENTS = (RingEvent(ring="R-1", became=Became.MERGED, other="R-2", at=NOON, run="r", state=None),)


def test_a_picture_is_drawn_from_the_ring_alone() -> None:
    one = ring()
    other = replace(one, complaints=tuple("dcba"), members=one.members)
    assert draw(one) == draw(other) == draw(one)
    picture = draw(one)
    assert (len(picture.values), len(picture.complaints), len(picture.lines)) == (2, 4, 6)
    for spots, radius in ((picture.complaints, OUTER), (picture.values, INNER)):
        for spot in spots:
            assert abs(((spot.x - SIZE / 2) ** 2 + (spot.y - SIZE / 2) ** 2) ** 0.5 - radius) < 0.2
    assert len({(spot.x, spot.y) for spot in picture.complaints + picture.values}) == 6


def test_complaints_that_state_the_same_values_stand_side_by_side() -> None:
    mixed = ring(
        members=(member("payee", "t", RingRole.PAYEE, "ac"), member("handle", "u", RingRole.CONTACT_POINT, "bd"))
    )
    picture = draw(mixed)
    seats = {(spot.x, spot.y): n for n, spot in enumerate(picture.complaints)}
    by_value = [sorted(seats[end.x, end.y] for value, end in picture.lines if value is one) for one in picture.values]
    assert sorted(by_value) == [[0, 1], [2, 3]]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_page_says_whose_suspicion_it_is_and_lets_nothing_hostile_out(locale: str) -> None:
    page = render_ring(ring(HOSTILE), EVENTS, (), locale, simulated=True)
    assert "<script>alert" not in page
    assert f'data-lang="{locale[:2]}"' in page
    for said in (
        "客户是可能的受害人，从不是成员",
        "possible victims and never members",
        "91%",
        "伪造证明",
        "R-2",
        "另有 2 项",
    ):
        assert said in page
    assert "模拟生成" in page
    assert "模拟生成" not in render_ring(ring(), (), (), locale, simulated=False)
    for word in ("恶意", "黑产", "老赖"):
        assert word not in page


def test_ads_that_give_what_it_shares_are_listed() -> None:
    page = render_ring(ring(), (), (("AD-1", Stage.SOLICITS),), "en", simulated=False)
    assert "AD-1" in page
    assert "Ads that give these contacts" not in render_ring(ring(), (), (), "en", simulated=False)


def test_a_ring_too_large_to_resample_says_so() -> None:
    assert "too large, not resampled" in render_ring(ring(stability=None), (), (), "en", simulated=False)


def test_a_ring_without_conduct_asks_about_our_own_fault() -> None:
    page = render_ring(
        ring(status=RingStatus.JOINT_GRIEVANCE, conduct=(), conduct_more=0), (), (), "zh-CN", simulated=False
    )
    assert "先看是不是我们的错" in page


RINGS = [ring(HOSTILE), ring(id="R-2", complaints=tuple("xy"), members=(member("payee", "p", RingRole.PAYEE, "xy"),))]


def plain() -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(node["id"] for node in nodes(RINGS))
    graph.add_edges_from((edge["source"], edge["target"]) for edge in edges(RINGS))
    return graph


def test_other_programs_read_the_graphs() -> None:
    expected = plain()
    assert (len(expected.nodes), len(expected.edges)) == (2 + 3 + 6, 3 + 8)
    for read in (
        nx.read_graphml(io.BytesIO(graphml(RINGS).encode())),
        nx.read_gexf(io.BytesIO(gexf(RINGS).encode()), version="1.3"),
    ):
        assert nx.utils.graphs_equal(nx.Graph(read.edges), nx.Graph(expected.edges))
        assert set(read.nodes) == set(expected.nodes)
        assert read.nodes["R-1"]["role"] == "suspected_illegal_agency"
    held = json.loads(node_link(RINGS))
    assert {node["id"] for node in held["nodes"]} == set(expected.nodes)
    assert len(held["links"]) == len(expected.edges)


def test_follow_the_money_entities_have_one_id_each_and_links_have_two_ends() -> None:
    entities = [json.loads(line) for line in follow_the_money(RINGS).splitlines()]
    ids = [one["id"] for one in entities]
    assert len(ids) == len(set(ids))
    links = [one for one in entities if one["schema"] == "UnknownLink"]
    assert len(links) == len(edges(RINGS))
    assert all({*one["properties"]["subject"], *one["properties"]["object"]} <= set(ids) for one in links)
    assert {one["schema"] for one in entities} == {
        "Organization",
        "Document",
        "UserAccount",
        "BankAccount",
        "UnknownLink",
    }


def test_the_ending_names_the_form(tmp_path: Path) -> None:
    for ending, form in FORMS.items():
        path = tmp_path / f"rings{ending}"
        write_graph(RINGS, path)
        assert path.read_text(encoding="utf-8") == form(RINGS)
    with pytest.raises(InputError):
        write_graph(RINGS, tmp_path / "rings.png")
