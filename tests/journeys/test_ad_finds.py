"""Pictures, a video and hostile files by terminal and over HTTP: what goes in, what does not and why; nothing is fetched or run."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.adapters.warc.made import response
from tests.journeys.test_ads import run
from tests.journeys.test_family import PASSWORD, http

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.cli.ad_add import place_code
from mingcha.errors import InputError
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.settings import from_environment
from mingcha.testing.house import someone
from mingcha.wiring import open_deps

pytest.importorskip("rapidocr")
from tests.adapters.vision.pictures import code, png_claiming, poster, saved

__all__ = ["http"]  # a fixture: the desk over the `deps` of this file
SELLS = ("专业停息挂账", "加微信 wjq80213", "不成功不收费")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finds")
    made = folder / "in"
    (made / "sub").mkdir(parents=True)
    drawn = poster(lines=SELLS)
    (made / "a.png").write_bytes(saved(drawn))
    (made / "sub" / "again.png").write_bytes(saved(drawn))
    exif = drawn.getexif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:00:00"
    (made / "photo.jpg").write_bytes(saved(drawn, "JPEG", quality=70, exif=exif))
    (made / "cmyk.jpg").write_bytes(saved(poster(lines=("示例",)).convert("CMYK"), "JPEG"))
    (made / "moving.gif").write_bytes(saved(poster(lines=("甲",)), "GIF", save_all=True, append_images=[poster()]))
    for name, held in (("run.png", "javascript:alert(1)"), ("file.png", "file:///etc/passwd")):
        (made / name).write_bytes(saved(code(held)))
    (made / "page.html").write_text("<p>示例</p><script>fetch('http://127.0.0.1:9')</script>", "utf-8")
    (made / "bomb.png").write_bytes(png_claiming(60_000, 60_000))
    (made / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    (made / "=cmd.png").write_bytes(b"MZ")
    (made / "site.warc.gz").write_bytes(
        response() + response("https://shop.example/x.png", saved(drawn), ("Content-Type", "image/png"))
    )
    return folder


def sightings(deps: Deps) -> list[Ad]:
    with deps.store.read() as work:
        return [open_record(deps.keys, one).clear for one in work.records.scan("ads", 0)]


@pytest.fixture(scope="module")
def deps(home: Path) -> Iterator[Deps]:
    opened = open_deps(from_environment({}, home / "w"))
    set_password(opened, setup_link(opened) or "", PASSWORD)
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    set_password(opened, create_account(opened, admin, "ann", (Role.AD_MONITOR,), None), PASSWORD)
    yield opened
    opened.store.close()


def test_a_folder_of_all_kinds(home: Path, deps: Deps) -> None:
    said = ("--platform", "抖音", "--place", "直播间", "--seen", "file")
    told = json.loads(run(home, "import", home / "in", *said, "--json", code=4))
    assert (told["found"], told["taken"], told["unchanged"]) == (13, 9, 1)
    assert told["not_read"].keys() == {"bomb.png", "broken.jpg", "=cmd.png"}
    notes = " ".join(note for _, note in told["notes"])
    assert "CMYK" in notes
    assert "only the first was read" in notes
    with (home / "in.rejects.csv").open(encoding="utf-8-sig", newline="") as source:
        assert {row["file"] for row in csv.DictReader(source)} == {"bomb.png", "broken.jpg", "'=cmd.png"}
    ads = sightings(deps)
    posters = [ad for ad in ads if ad.contact == "wjq80213"]
    assert len(posters) == 3
    assert {ad.place for ad in ads} == {"live_room"}
    assert {str(ad.seen_at)[:16] for ad in posters if ad.url is None} >= {"2026-03-01 10:00"}
    assert {ad.codes for ad in ads if ad.codes} == {"javascript:alert(1)", "file:///etc/passwd"}
    shot = next(ad for ad in posters if ad.url)
    assert (shot.url, shot.platform) == ("https://shop.example/x.png", "抖音")
    again = json.loads(run(home, "import", home / "in", *said, "--json", code=4))
    assert (again["taken"], again["amended"], again["unchanged"]) == (0, 0, 10)
    assert "未能读取" in run(home, "import", home / "in", *said, code=4, locale="zh")
    assert len(json.loads(run(home, "list", "--json"))) == 9


def test_one_file_tried_and_places_in_either_language(home: Path) -> None:
    assert json.loads(run(home, "import", home / "in" / "a.png", "--check", "--json")) == {
        "found": ["a.png"],
        "not": {},
    }
    assert (place_code("私信回复"), place_code("Comment"), place_code(None)) == ("private_reply", "comment", None)
    with pytest.raises(InputError):
        place_code("某处")


def test_uploads(http: httpx.Client, deps: Deps) -> None:
    head = {"Authorization": f"Bearer {sign_in(deps, 'ann', PASSWORD, Purpose.INVESTIGATION)}"}
    before = len(sightings(deps))
    about = json.dumps({"platform": "快手", "place": "comment", "seen_at": "2026-03-05T10:00:00+08:00"})
    files: list[Any] = [("about", (None, about, "application/json"))]
    files += [("file", (name, data)) for name, data in (("a", saved(poster(lines=("停息挂账",)))), ("b", b"<svg/>"))]
    answer = http.post("/api/ads/images", files=files, headers=head)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["found"], told["taken"], [one["file"] for one in told["not_read"]]) == (2, 1, ["2"])
    assert len(sightings(deps)) == before + 1
    assert http.post("/api/ads/images", files=files, headers=head).json()["unchanged"] == 1
    assert http.post("/api/ads/images", files=files[:1], headers=head).status_code == 422
    assert http.post("/api/ads/images", files=[("file", ("a", b"x"))] * 21, headers=head).status_code == 422
    wrong = [("about", (None, '{"place": "nowhere"}', "application/json")), files[1]]
    assert http.post("/api/ads/images", files=wrong, headers=head).status_code == 422
    edge = ("about", (None, json.dumps({"seen_at": "9999-12-31T23:59:59-12:00"}), "application/json"))
    assert http.post("/api/ads/images", files=[edge, files[1]], headers=head).status_code == 422
    assert http.post("/api/ads/images", json={}, headers=head).status_code == 422
    assert http.post("/api/ads/images", files=files).status_code == 401
