"""The simulated town: the same seed gives the same bytes, rows are streamed, and its truth knows what was written."""

from datetime import date
from pathlib import Path

import pytest

from mingcha.demo import people
from mingcha.demo.town import build, write, write_town
from mingcha.merit.claims import read_claims
from mingcha.model.merit import Grievance
from mingcha.text.normalise import normalise

DAY = date(2027, 3, 9)


def test_streamed_rows_are_the_same_bytes_as_built_ones(tmp_path: Path) -> None:
    streamed = write_town(300, 7, tmp_path / "a", DAY)
    built = write(build(300, 7, DAY), tmp_path / "b")
    assert [path.name for path in streamed] == [path.name for path in built]
    for one, other in zip(streamed, built, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_another_seed_is_another_town_and_dates_follow_the_day() -> None:
    assert build(60, 1, DAY).tables["complaints"] != build(60, 2, DAY).tables["complaints"]
    received = [row["received_at"][:10] for row in build(300, 1, DAY).tables["complaints"]]
    assert max(received) <= str(DAY)
    assert min(received) >= "2027-02-01"


def test_the_truth_knows_every_claim_that_was_written() -> None:
    town = build(1000, 3)
    text_of = {row["id"]: row["text"] for row in town.tables["complaints"]}
    written = {
        grievance for one in town.truth for grievance, _ in one.claims
    }  # what the town writes about; more is read
    assert len(written) == len(Grievance)
    read = extra = 0
    for one in town.truth:
        said = {claim.grievance.value for claim in read_claims(normalise(text_of[one.complaint]))} & written
        read += len(said)
        extra += len(said - {grievance for grievance, _ in one.claims})
    assert extra <= 0.02 * read


def test_truth_never_enters_a_file_that_is_imported(tmp_path: Path) -> None:
    paths = write_town(300, 1, tmp_path)
    imported = "".join(path.read_text(encoding="utf-8") for path in paths[:-1])
    for word in ("forged-", "impersonated-", "coercive-", "advertised-", "text-only", "law_three"):
        assert word not in imported


def test_there_are_rings_of_every_kind_lawful_clusters_and_listed_places() -> None:
    town = build(300, 1)
    assert {(one.ring or "").rsplit("-", 1)[0] for one in town.truth} == {
        "", "forged", "impersonated", "coercive", "advertised", "text-only",
    }  # fmt: skip
    assert {one.cluster for one in town.truth} >= {
        "school",
        "lawyer",
        "legal_aid",
        "dormitory",
        "sample_letter",
        "outage",
    }
    assert {row["place_kind"] for row in town.tables["places"]} >= {"dormitory", "library", "legal_aid", "call_centre"}


def test_ads_of_rings_of_newcomers_and_of_others_change_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    town = build(300, 1, DAY)
    monkeypatch.setattr(people, "adverts", lambda _: None)
    without = build(300, 1, DAY)
    assert town.truth == without.truth
    assert {kind for kind, rows in town.tables.items() if rows != without.tables[kind]} == {"ads"}
    assert town.tables["ads"][: len(without.tables["ads"])] == without.tables["ads"]
    handle = without.tables["ads"][0]["handle"]
    assert {row["platform"] for row in town.tables["ads"] if handle in row["text"]} >= {
        "图文社区",
        "二手平台",
        "问答社区",
    }
    assert sum(row["author"].startswith("xinhao_") for row in town.tables["ads"] if "author" in row) == 12
    assert all("模拟" in row["text"] for row in town.tables["ads"])


@pytest.mark.parametrize("size", [30, 300])
def test_what_victims_lost_and_tell_changes_nothing_else(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    town = build(size, 1, DAY)
    monkeypatch.setattr(people, "victims", lambda _: None)
    without = build(size, 1, DAY)
    assert town.truth == without.truth
    changed = {kind for kind, rows in town.tables.items() if rows != without.tables[kind]}
    assert changed == {"losses", "leads", "companies"}
    home = {row["id"]: row["customer_id"] for row in town.tables["complaints"]}
    for kind in changed:
        rows = town.tables[kind]
        assert not without.tables[kind]
        assert len({row["id"] for row in rows}) == len(rows)
        assert all(home[row["complaint_id"]] == row["customer_id"] for row in rows)
    assert all("模拟" in row["told"] for row in town.tables["leads"])
    assert [row["company"] for row in town.tables["losses"] if row.get("contract", "").startswith("示律")] == [
        "虚构律师事务所"
    ]
