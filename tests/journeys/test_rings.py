"""Rings of the simulated town by command line and over HTTP: looked at, drawn, exported, contradicted, taken back; and `link`."""

import gzip
import json
import shutil
from pathlib import Path

import httpx
import networkx as nx
import pytest
from rich.cells import cell_len
from tests.journeys.test_family import deps, http, run, sessions, town

from mingcha.model.ring import RingRole, RingStatus

__all__ = ["deps", "http", "sessions", "town"]  # fixtures of the same town
Ring = dict  # a line of `rings --out`


@pytest.fixture(scope="module")
def found(town: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Ring]:
    target = tmp_path_factory.mktemp("out") / "rings.jsonl"
    assert "rings written" in run(town, "rings", "--out", str(target))
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_line_a_ring_says_what_it_is(found: list[Ring]) -> None:
    assert found
    for one in found:
        assert {"ring", "status", "level", "members", "customers", "ties", "stability"} <= one.keys()
        assert one["status"] in set(RingStatus)
        assert one["level"] is None
        assert len(one["customers"]) >= 3
        assert len(one["families"]) >= 2
        assert all(
            set(member) == {"kind", "value", "role"} and member["role"] in set(RingRole) for member in one["members"]
        )
        assert not {member["value"] for member in one["members"]} & set(one["customers"])
    assert len({one["ring"] for one in found}) == len(found)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_it_reads_at_80_columns(town: Path, found: list[Ring], tmp_path: Path, locale: str) -> None:
    one = found[0]
    said = run(town, "rings", locale=locale) + run(
        town, "ring", one["ring"], "--page", str(tmp_path / "ring.html"), locale=locale
    )
    said += run(town, "why", *one["complaints"][:2], locale=locale)
    assert max(cell_len(line) for line in said.splitlines() if str(tmp_path) not in line) <= 80
    assert one["ring"] in said
    assert ("模拟数据" if locale == "zh-CN" else "simulated data") in said
    assert ("疑似非法代理组织" if locale == "zh-CN" else "suspected illegal agency") in said
    assert "<svg" in (tmp_path / "ring.html").read_text(encoding="utf-8")
    for word in ("恶意", "黑产", "老赖"):
        assert word not in said


def test_why_two_hang_together(town: Path, found: list[Ring]) -> None:
    told = json.loads(run(town, "why", *found[0]["complaints"][:2], "--json"))
    assert told["ring"] == found[0]["ring"]
    assert told["paths"]
    apart = json.loads(run(town, "why", found[0]["complaints"][0], found[1]["complaints"][0], "--json"))
    assert apart["ring"] is None


def test_graphs_are_written_and_read(town: Path, found: list[Ring], tmp_path: Path) -> None:
    run(town, "rings", "--graph", str(tmp_path / "g.graphml"))
    assert {one["ring"] for one in found} <= set(nx.read_graphml(tmp_path / "g.graphml").nodes)
    assert ".graphml" in run(town, "rings", "--graph", str(tmp_path / "g.png"), code=3)


def test_a_word_parts_two_and_is_taken_back(town: Path, found: list[Ring], tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(town, own)
    first = max(found, key=lambda one: (len(one["complaints"]), one["ring"]))
    one, other = first["complaints"][:2]
    assert "judgement" in run(own, "untie", one, other, "--reason", "checked, not related")
    run(own, "assess")
    after = json.loads(run(own, "rings", "--json"))
    assert not any({one, other} <= set(ring["complaints"]) for ring in after)
    run(own, "untie", one, other, "--undo", "--reason", "mistaken")
    run(own, "assess")
    assert "level 2" in run(own, "ring", first["ring"], "--level", "2", "--reason", "features of level 2")
    back = {ring["ring"]: ring for ring in json.loads(run(own, "rings", "--json"))}
    assert back[first["ring"]]["complaints"] == first["complaints"]
    assert {ring["level"] for ring in back.values()} == {None, 2}


def test_nothing_there_is_said(tmp_path: Path) -> None:
    assert "没有团伙" in run(tmp_path, "rings", locale="zh-CN")
    assert "no ring 'R-0'" in run(tmp_path, "ring", "R-0", code=5)


def test_over_http_the_same_rings(http: httpx.Client, sessions: dict[str, dict[str, str]], found: list[Ring]) -> None:
    ana, su = sessions["ana"], sessions["su"]
    listed = http.get("/api/rings", headers=ana).json()
    assert [ring["id"] for ring in listed["rings"]] == [one["ring"] for one in found]
    assert http.get("/api/rings", headers=ana, params={"on": "2001-01-01T00:00:00+08:00"}).json()["rings"] == []
    assert http.get("/api/rings", headers=ana, params={"on": "2001-01-01T00:00:00"}).status_code == 422
    assert http.get("/api/rings", headers=su).status_code == 403
    assert http.get("/api/rings").status_code == 401
    one, other = found[0]["complaints"][:2]
    assert (
        http.get(f"/api/rings/{found[0]['ring']}", headers=ana).json()["ring"]["complaints"] == found[0]["complaints"]
    )
    assert http.get("/api/rings/R-0", headers=ana).status_code == 404
    assert http.get("/api/why", headers=ana, params={"one": one, "other": other}).json()["ring"] == found[0]["ring"]
    asked = {"one": one, "other": other, "reason": "checked"}
    assert http.post("/api/ties/together", headers=su, json=asked).status_code == 403
    said = http.post("/api/ties/together", headers=ana, json=asked)
    assert said.status_code == 201
    assert http.post("/api/ties/apart", headers=ana, json=asked).status_code == 409
    undone = http.post("/api/ties/undo", headers=ana, json={"judgement": said.json()["id"], "reason": "mistaken"})
    assert undone.json()["undoes"] == said.json()["id"]
    assert http.post("/api/ties/apart", headers=ana, json={**asked, "reason": ""}).status_code == 422


def test_link_groups_any_tables(tmp_path: Path) -> None:
    posts = [
        {"post": "1", "author": "a", "text": "逾期协商，加薇：ab_cd1234", "contacts": None},
        {"post": "2", "author": "b", "text": "新号", "contacts": {"wechat": ["AB_cd1234"]}},
        {"post": "3", "author": "c", "text": "无关", "contacts": {}},
    ]
    with gzip.open(tmp_path / "posts.jsonl.gz", "wt", encoding="utf-8") as sink:
        sink.writelines(json.dumps(post, ensure_ascii=False) + "\n" for post in posts)
    (tmp_path / "more.csv").write_text("post,author,联系方式\n4,d,ab_cd1234\n4,e,x\n,f,y\n", encoding="utf-8")
    target, values = tmp_path / "groups.jsonl", tmp_path / "values.jsonl"
    files = (str(tmp_path / "posts.jsonl.gz"), str(tmp_path / "more.csv"))
    said = run(tmp_path, "link", *files, "--id", "post", "--out", str(target), "--values", str(values), code=4)
    assert "4 rows; 1 groups hold 3" in said
    assert "carries no evidence value" in said
    rows = {line["id"]: line["group"] for line in map(json.loads, target.read_text(encoding="utf-8").splitlines())}
    assert rows["1"] == rows["2"] == rows["4"] != rows["3"]
    (shared,) = [json.loads(line) for line in values.read_text(encoding="utf-8").splitlines()]
    assert (shared["kind"], shared["value"], shared["rows"]) == ("handle", "ab_cd1234", ["1", "2", "4"])
    assert "no such file" in run(tmp_path, "link", "nothing.csv", "--out", str(target), code=3)


def test_link_reads_parquet(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = arrow.table({"id": [1, 2, 3], "device": ["x", "x", None], "contacts": [["h_12345"], [], ["h_12345"]]})
    parquet.write_table(table, tmp_path / "t.parquet")
    run(tmp_path, "link", str(tmp_path / "t.parquet"), "--out", str(tmp_path / "g.jsonl"))
    groups = {
        line["group"] for line in map(json.loads, (tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines())
    }
    assert len(groups) == 1


def test_link_over_http(http: httpx.Client, sessions: dict[str, dict[str, str]]) -> None:
    rows = [
        {"no": 1, "contacts": ["h_12345"]},
        {"no": 2, "联系方式": "H_12345"},
        {"no": 3, "who": "x"},
        {"contacts": "h_12345"},
    ]
    asked = {"rows": rows, "id": "no"}
    told = http.post("/api/link", headers=sessions["su"], json=asked).json()
    assert told == {"groups": {"1": "1", "2": "1", "3": "3"}, "hubs": [], "not_read": [4]}
    assert http.post("/api/link", json=asked).status_code == 401
    wrong = http.post("/api/link", headers=sessions["su"], json={**asked, "columns": {"author": "nobody"}})
    assert wrong.status_code == 422


def test_persons_over_http(http: httpx.Client, sessions: dict[str, dict[str, str]]) -> None:
    pytest.importorskip("splink")
    rows = [
        {"no": 1, "姓名": "欧阳修文", "电话": "13800138000", "住址": "江苏省苏州市姑苏区示例路12号"},
        {"no": 2, "姓名": "歐陽修文", "电话": "+86 138 0013 8000", "住址": "苏州市姑苏区示例路十二号"},
        {"no": 3, "姓名": "欧阳修武", "电话": "13800138000", "住址": "江苏省苏州市姑苏区示例路12号"},
        {"姓名": "无号"},
    ]
    told = http.post("/api/persons", headers=sessions["su"], json={"rows": rows, "id": "no"}).json()
    assert told["groups"] == {"1": "1", "2": "1", "3": "3"}
    assert told["not_read"] == [4]
    assert {what for pair in told["pairs"] for what, _, _ in pair["parts"]} >= {"name", "phone"}
    said = [{"a": "1", "b": "2", "verdict": "not_same"}]
    told = http.post("/api/persons", headers=sessions["su"], json={"rows": rows, "id": "no", "judged": said}).json()
    assert told["groups"]["1"] != told["groups"]["2"]
    assert http.post("/api/persons", json={"rows": rows}).status_code == 401


def test_rings_of_accounts_over_http(http: httpx.Client, sessions: dict[str, dict[str, str]]) -> None:
    told = http.get("/api/benefit-rings", headers=sessions["ana"]).json()
    (one,) = told["rings"]
    assert (told["claims"], told["simulated"]) == (71, True)
    assert {held["kind"] for held in one["ring"]["members"]} == {"device", "payee"}
    assert {conduct for conduct, _, _ in one["ring"]["conduct"]} == {"benefit_harvested"}
    assert all(taken > most for _, taken, most in one["over"])
    assert http.get("/api/benefit-rings").status_code == 401
