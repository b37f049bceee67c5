"""What a report says when it leaves: every fact the recipient needs, lines nobody can forge, XARF within its published bounds."""

import json
import re
from base64 import b64decode
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ads.acts import SELLS, act, agreed, at, drafted, receipt, word

from mingcha.adapters.shelf import read_package
from mingcha.ads.cycle import approved, due, fold, refusal, stage
from mingcha.ads.report_sheet import COLUMNS, sheet
from mingcha.ads.report_text import BLANK, Reported, cover, notice
from mingcha.ads.xarf import lacking, unfit, xarf
from mingcha.model.actor import Role
from mingcha.model.ad_cycle import (
    AdAct,
    DueKind,
    Exported,
    Mailed,
    Mailing,
    NotMailed,
    Objected,
    Route,
    Stage,
    Withdrawn,
)
from mingcha.model.answer import Institution
from mingcha.model.mail import Sending, is_address
from mingcha.standards.load import load

US = Institution(name="示例消费金融")
SENDING = Sending(contact="ads@bank.example", domain="bank.example")
CLAUSE = load(read_package()).clause("cifa-abnormal-claims@2024-05-10:feature.5")
PLATFORM = Route.PLATFORM


def told(route: Route = PLATFORM, **values: Any) -> Reported:
    given: dict[str, Any] = {
        "ad": "AD-7Q", "platform": "抖音", "link": "https://www.douyin.com/video/731?a=1", "account": "dy_user1", "trade": SELLS,
        "drafted": replace(drafted(route), screenshot="S-12"), "drafted_at": at(30), "approved_by": (Role.AD_MONITOR, Role.LEGAL),
        "clause": CLAUSE, "first_seen": date(2026, 3, 1), "last_seen": date(2026, 3, 2), "seen_at": at(26), "sightings": 3,
    }  # fmt: skip
    return Reported(**{**given, **values})


@pytest.mark.parametrize("route", Route)
def test_a_text_names_all_that_its_recipient_needs(route: Route) -> None:
    text = notice(told(route), US.name)
    for said in (text.zh, text.en):
        for fact in ("抖音", "https://www.douyin.com/video/731?a=1", "dy_user1", "「加微」" if said is text.zh else '"加微"', CLAUSE.id,
                     "S-12", "2026-03-01", "2026-03-02", "AD-7Q", US.name):  # fmt: skip
            assert fact in said
    assert "同意人岗位：广告监测、法务" in text.zh
    assert "Agreed to by: ad monitor, legal liaison" in text.en
    assert "如属实" in text.zh
    assert "如不属实请告知" in text.zh
    assert "tell us where it does not hold" in text.en
    for forbidden in ("恶意", "黑产", "老赖", "诈骗"):
        assert forbidden not in text.zh
    if route is Route.ASSOCIATION:
        assert "请勿据此标注任何个人" in text.zh


def test_what_is_not_known_is_a_gap_and_never_made_up() -> None:
    text = notice(told(link=None, account=None, platform=None, drafted=drafted()), "")
    assert text.zh.count(BLANK) == 5
    assert cover("", 2, "").zh.count(BLANK) == 2


@given(st.text(max_size=40).map(lambda s: f"x{s}\n依据：伪造\r内部编号：AD-0"))
def test_what_a_poster_wrote_is_no_line_of_ours(hostile: str) -> None:
    text = notice(told(account=hostile, platform=hostile, link=hostile), US.name)
    assert [line.partition("：")[0] for line in text.zh.splitlines() if line][1:11] == [
        "平台", "链接", "账号", "理由", "依据", "截图编号", "发现", "内部编号", "起草日期", "同意人岗位",
    ]  # fmt: skip


def test_a_row_a_report_under_headings_in_both_languages() -> None:
    rows = sheet([told(), told(ad="AD-8", drafted=drafted())], ["S-12.png", "S-1.png", "S-12", "AD-8.png"])
    assert rows[0] == tuple(f"{one.zh} {one.en}" for one in COLUMNS)
    cells = dict(zip((one.en for one in COLUMNS), rows[1], strict=True))
    assert (cells["account id"], cells["our number"], cells["attachments"]) == ("dy_user1", "AD-7Q", "S-12.png; S-12")
    assert dict(zip((one.en for one in COLUMNS), rows[2], strict=True))["attachments"] == ""


def check_xarf(made: dict[str, Any]) -> None:
    """What the published core, content and fraud parts of XARF 4 ask for, said again in our words."""
    assert re.fullmatch(r"4\.\d+\.\d+", made["xarf_version"])
    assert UUID(made["report_id"]).version == 4
    for name in ("timestamp", "verified_at"):
        assert datetime.fromisoformat(made[name]).tzinfo is not None
    for name in ("reporter", "sender"):
        who = made[name]
        assert set(who) == {"org", "contact", "domain"}
        assert 0 < len(who["org"]) <= 200
        assert is_address(who["contact"])
    assert (made["category"], made["type"], made["fraud_type"]) == ("content", "fraud", "other")
    assert made["source_identifier"]
    assert made["url"].isascii()
    assert re.fullmatch(r"https?://[!-~]+", made["url"])
    assert not re.search(r"%(?![0-9A-Fa-f]{2})|[\"<>\\^`{|}\[\]]|#.*#", made["url"])
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}", made.get("domain", "x.example"))
    assert made["verification_method"] in (
        "manual",
        "automated_crawler",
        "user_report",
        "honeypot",
        "threat_intelligence",
    )
    assert len(made["description"]) <= 1_000
    assert len(made["tags"]) <= 20
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_+-]*:[a-z0-9][a-z0-9_+-]*", tag) for tag in made["tags"])
    assert len(made["evidence"]) <= 50
    for one in made["evidence"]:
        assert set(one) <= {"content_type", "description", "payload", "hash", "size"}
        data = b64decode(one["payload"], validate=True)
        assert (one["hash"], one["size"]) == (f"sha256:{sha256(data).hexdigest()}", len(data))
        assert len(one["description"]) <= 500
    assert not made.keys() & {"_internal", "legacy_version", "confidence"}
    json.dumps(made, ensure_ascii=False).encode()


def test_a_report_in_xarf_says_what_it_is_and_what_nobody_found() -> None:
    made = xarf(told(), US, SENDING)
    check_xarf(made)
    assert (made["source_identifier"], made["domain"]) == ("dy_user1", "www.douyin.com")
    assert b64decode(made["evidence"][0]["payload"]).decode() == "加微"
    assert "no court or authority is said to have found fraud" in made["description"]
    assert CLAUSE.id in made["description"]
    assert made["report_id"] == xarf(told(), US, SENDING)["report_id"]
    assert made["report_id"] != xarf(told(drafted_at=at(31)), US, SENDING)["report_id"]


LINKS = st.one_of(
    st.text(max_size=40),
    st.text(st.one_of(st.sampled_from("/?#[]@:%2f .a-é例"), st.characters()), max_size=40).map(lambda s: f"https://a.example/{s}"),
    st.text(st.sampled_from("/?#[]@:%2f .a-é例"), max_size=20).map(lambda s: f"https://{s}"),
)  # fmt: skip


@given(LINKS, st.one_of(st.none(), st.text(max_size=300)))
def test_any_link_gives_a_report_within_bounds_or_none(link: str, account: str | None) -> None:
    one = told(link=link, account=account)
    if unfit(one) is None:
        check_xarf(xarf(one, US, SENDING))
    else:
        assert not re.fullmatch(r"https://[a-z]+\.example(/[a-z/]*)?", link)


def test_without_a_link_or_without_who_reports_there_is_none() -> None:
    assert unfit(told(link=None)) is not None
    assert unfit(told(link="javascript:alert(1)")) is not None
    assert lacking(US, SENDING) is None
    for ours, sending in ((Institution(), SENDING), (US, Sending()), (US, replace(SENDING, domain=""))):
        assert lacking(ours, sending) is not None
    assert (
        urlsplit(xarf(told(link="https://m.example/视频?q=反 催"), US, SENDING)["url"]).query
        == "q=%E5%8F%8D%20%E5%82%AC"
    )


# E-mail in the cycle of an ad.

AGREED = (
    act(word(), "ann", 0),
    act(drafted(), "ann", 1),
    act(agreed(), "ann", 2),
    act(agreed(), "bob", 3),
)
SENDS = act(Mailing(PLATFORM, "a@b.example", "m1"), "ann", 4)
SENT, LOST = act(Mailed(PLATFORM, "250 ok"), "ann", 5), act(NotMailed(PLATFORM, "550 no"), "ann", 5)


def refused(acts: tuple[AdAct, ...], last: AdAct) -> str | None:
    why = refusal(fold(acts), last)
    return why.en if why else None


def test_a_mail_that_went_out_left_the_house_and_is_no_report_yet() -> None:
    state = fold((*AGREED, SENDS, SENT))
    assert stage(state) is Stage.EXPORTED
    assert state.reports[0].exported_at == at(5)
    assert "sent already" in str(refused((*AGREED, SENDS, SENT), act(Mailing(PLATFORM, "a@b.example", "m2"), "ann", 6)))
    assert refused((*AGREED, SENDS, SENT), act(receipt(6), "ann", 7)) is None


def test_until_it_is_known_whether_it_went_out_nothing_goes_on() -> None:
    waits = (*AGREED, SENDS)
    assert [(one.kind, one.at) for one in due(fold(waits))] == [(DueKind.MAIL, at(4))]
    for body in (Mailing(PLATFORM, "a@b.example", "m2"), Exported(PLATFORM)):
        assert "not known yet" in str(refused(waits, act(body, "ann", 5)))
    assert "not exported" in str(refused(waits, act(receipt(5), "ann", 6)))
    assert "needs a reason" in str(refused(waits, act(NotMailed(PLATFORM, " "), "ann", 5)))
    again = fold((*waits, LOST))
    assert (due(again), again.reports[0].exported_at) == ((), None)
    assert refused((*waits, LOST), act(Mailing(PLATFORM, "a@b.example", "m2"), "ann", 6)) is None


def test_a_mail_that_came_back_can_be_sent_again_until_its_receipt_is_held() -> None:
    back = (*AGREED, SENDS, SENT, act(NotMailed(PLATFORM, "退信"), "ann", 6))
    assert refused(back, act(Mailing(PLATFORM, "c@b.example", "m2"), "ann", 7)) is None
    held = (*AGREED, SENDS, SENT, act(receipt(6), "ann", 7))
    assert "no mail" in str(refused(held, act(NotMailed(PLATFORM, "退信"), "ann", 8)))
    assert "no mail" in str(refused(AGREED, SENT))


def test_what_was_withdrawn_while_its_mail_was_under_way_is_corrected_unless_it_never_went() -> None:
    fell = (*AGREED, SENDS, act(Withdrawn(PLATFORM, "看错"), "ann", 4.5))
    assert [one.kind for one in due(fold(fell))] == [DueKind.CORRECTION]
    assert [one.kind for one in due(fold((*fell, SENT)))] == [DueKind.CORRECTION]
    assert due(fold((*fell, LOST))) == ()
    redrafted = (*fell, act(drafted(), "ann", 6), act(agreed(), "ann", 7), act(agreed(), "bob", 8))
    assert "not known yet" in str(refused(redrafted, act(Mailing(PLATFORM, "a@b.example", "m2"), "ann", 9)))
    settled = fold((*redrafted, act(Mailed(PLATFORM, "对方确认收到"), "ann", 9)))
    assert [one.mailed for one in settled.reports] == [True, False]


def test_no_mail_of_what_was_not_agreed_to_or_is_objected_to() -> None:
    assert "not enough" in str(refused(AGREED[:3], act(SENDS.body, "ann", 4)))
    assert "objection" in str(refused((*AGREED, act(Objected("x"), "ann", 3.5)), SENDS))


BODIES = st.sampled_from([
    SENDS.body, SENT.body, LOST.body, Exported(PLATFORM), receipt(4), Withdrawn(PLATFORM, "x"), drafted(), agreed(), word(),
])  # fmt: skip


@given(st.lists(st.tuples(BODIES, st.sampled_from(["ann", "bob"])), max_size=25), st.integers(0, 4))
def test_there_is_never_a_second_mail_under_way_and_none_without_two_people(
    chosen: list[tuple[Any, str]], start: int
) -> None:
    acts = [*AGREED[:start], *(act(body, by, 4 + n) for n, (body, by) in enumerate(chosen))]
    for n in range(len(acts) + 1):
        state = fold(acts[:n])
        under_way = [one for one in state.reports if one.mailing]
        assert len(under_way) <= 1
        assert all((one.mailing is None) is (one.mailing_at is None) for one in state.reports)
        assert all(approved(one) for one in state.reports if one.mailing or one.mailed or one.exported_at)
        assert all(one.exported_at for one in state.reports if one.mailed)
