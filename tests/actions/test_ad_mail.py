"""Reports by e-mail over a real mail server: shown first, sealed before and after, and what a crash between leaves is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.test_ads import ANN, BOB, LEO, PLATFORM, SELLS, Town, inspected, judge, sighting
from tests.adapters.send.post_office import Office, open_office

from mingcha.actions.ad_book import all_acts
from mingcha.actions.ad_checks import enter_receipt
from mingcha.actions.ad_funnel import ad_funnel, list_ads, see_ad
from mingcha.actions.ad_mail import Addressed, Parcel, mail_known, parcels, send_parcel
from mingcha.actions.ad_objections import record_objection
from mingcha.actions.ad_reports import Wanted, approve_report, draft_report, export_reports, withdraw_report
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.deps import Deps
from mingcha.actions.report import report_data
from mingcha.actions.verify import verify
from mingcha.adapters.render.report import render_report
from mingcha.adapters.send import Smtp
from mingcha.errors import InputError, MaybeSent, NotPermitted, NotSent, OutOfOrder
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import DueKind, Mailed, Mailing, NotMailed, Route, Solicits, Stage
from mingcha.model.advert import Trade
from mingcha.model.mail import Enclosed, Letter, MailServer, Sending, Tls
from mingcha.testing.house import FixedClock, house, put, someone

TO = {"platform:抖音": ("abuse@dy.example",), "association": ("lead@assoc.example", "二@协会.example")}
MAILS = Addressed(Route.PLATFORM)


def pack(route: Route, reports: object) -> tuple[Enclosed, ...]:
    return (Enclosed("sheet.xlsx", b"sheet"),)


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office(Office()) as opened:
        yield opened


@pytest.fixture
def post(office: Office) -> Smtp:
    return Smtp(MailServer(host="localhost", port=office.port, tls=Tls.OPTIONAL, sender="r@bank.example"), wait=5)


@pytest.fixture(params=["memory", "sqlite"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    clock = FixedClock()
    with house(tmp_path, memory=request.param == "memory", clock=clock) as opened:
        deps = replace(opened, standards=replace(opened.standards, sending=Sending(to=TO)))
        put(deps, "ads", sighting("1"), sighting("2", work_id="732", author="dy_user2", text=SELLS + "！"))
        put(deps, "ads", sighting("3", platform="快手", work_id="9"))
        yield Town(deps, clock)


def agreed(town: Town, wanted: Wanted = PLATFORM) -> list[str]:
    """Every ad, with a report that two agreed to."""
    ads = sorted(one.ad for one in list_ads(town.deps, ANN))
    for ad in ads:
        judge_ad(town.deps, ANN, judge, ad, Solicits.YES, Trade.SUSPENSION, "看过原帖")
        draft_report(town.deps, ANN, judge, ad, wanted)
        approve_report(town.deps, ANN, ad, wanted.route)
        approve_report(town.deps, BOB, ad, wanted.route)
    return ads


def dy(town: Town) -> Parcel:
    (one,) = parcels(town.deps, ANN, replace(MAILS, platform="抖音"), pack)
    return one


def bodies(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return [one.kind.value for acts in all_acts(deps, work).values() for one in acts if "mail" in one.kind.value]


def test_a_platforms_reports_go_in_one_message_and_a_receipt_is_still_by_hand(
    town: Town, office: Office, post: Smtp
) -> None:
    agreed(town)
    parcel = dy(town)
    assert (len(parcel.reports), parcel.letter.to, parcel.written) == (2, ("abuse@dy.example",), 0)
    assert (office.taken, bodies(town.deps)) == ([], []), "showing sends nothing and keeps nothing"
    assert "queued" in send_parcel(town.deps, ANN, post, parcel)
    assert [one.message["Subject"] for one in office.taken] == [parcel.letter.subject]
    assert [see_ad(town.deps, ANN, one.ad).stage for one in parcel.reports] == [Stage.EXPORTED] * 2
    assert ad_funnel(town.deps, ANN).total.reported == 0
    assert parcels(town.deps, ANN, replace(MAILS, platform="抖音"), pack) == ()
    with pytest.raises(OutOfOrder, match="sent already"):
        send_parcel(town.deps, ANN, post, parcel)
    assert len(office.taken) == 1
    assert [one.told.platform for one in export_reports(town.deps, ANN)] == ["快手"], "not written to be sent once more"
    enter_receipt(town.deps, ANN, parcel.reports[0].ad, "DY-1")
    assert ad_funnel(town.deps, ANN).total.reported == 1
    assert all(one.broken_at is None for one in verify(town.deps, someone()))
    assert "ad_act_changed" not in {one.code for one in inspected(town.deps).flaws}


@pytest.mark.parametrize("answer", ["550 5.7.1 no", "450 4.2.0 greylisted"])
def test_what_was_not_sent_stands_as_before(town: Town, office: Office, post: Smtp, answer: str) -> None:
    agreed(town)
    office.refused["abuse@dy.example"] = answer
    parcel = dy(town)
    with pytest.raises(NotSent):
        send_parcel(town.deps, ANN, post, parcel)
    for one in parcel.reports:
        page = see_ad(town.deps, ANN, one.ad)
        assert (page.stage, page.due) == (Stage.APPROVED, ())
        assert isinstance(page.acts[-1].body, NotMailed)
        assert answer[:3] in page.acts[-1].body.reason
    office.refused.clear()
    assert send_parcel(town.deps, ANN, post, dy(town))


class PowerCut(BaseException):
    """Ends a program wherever it is."""


class Cut:
    """A post office that takes the letter; then the power fails."""

    sender = "r@bank.example"

    def send(self, letter: Letter) -> str:
        raise PowerCut


def test_a_crash_between_the_two_seals_is_told_and_found_out_about_by_a_person(
    town: Town, office: Office, post: Smtp
) -> None:
    agreed(town)
    parcel = dy(town)
    with pytest.raises(PowerCut):
        send_parcel(town.deps, ANN, Cut(), parcel)
    ads = [one.ad for one in parcel.reports]
    assert [[due.kind for due in see_ad(town.deps, ANN, ad).due] for ad in ads] == [[DueKind.MAIL]] * 2
    assert isinstance(see_ad(town.deps, ANN, ads[0]).acts[-1].body, Mailing)
    assert parcels(town.deps, ANN, replace(MAILS, platform="抖音"), pack) == ()
    assert [one.told.platform for one in export_reports(town.deps, ANN)] == ["快手"]
    with pytest.raises(OutOfOrder, match="not known yet"):
        send_parcel(town.deps, ANN, post, parcel)
    assert office.taken == []
    town.clock.later(hours=1)
    mail_known(town.deps, ANN, ads[0], Route.PLATFORM, "服务器日志：250 已收", arrived=True)
    mail_known(town.deps, ANN, ads[1], Route.PLATFORM, "服务器日志中没有", arrived=False)
    assert [see_ad(town.deps, ANN, ad).stage for ad in ads] == [Stage.EXPORTED, Stage.APPROVED]
    assert [one.ad for one in dy(town).reports] == ads[1:]


def test_a_server_that_dies_after_the_last_byte_leaves_it_unknown(town: Town, office: Office, post: Smtp) -> None:
    agreed(town)
    office.hangs_up = "DATA"
    parcel = dy(town)
    with pytest.raises(MaybeSent):
        send_parcel(town.deps, ANN, post, parcel)
    (owed,) = withdraw_report(town.deps, ANN, parcel.reports[0].ad, None, "看错了")
    assert owed.route is Route.PLATFORM, "whoever may have got it is told"


def test_an_objection_between_showing_and_sending_stops_it(town: Town, office: Office, post: Smtp) -> None:
    agreed(town)
    parcel = dy(town)
    record_objection(town.deps, ANN, parcel.reports[1].ad, "我是律师")
    with pytest.raises(OutOfOrder, match="objection"):
        send_parcel(town.deps, ANN, post, parcel)
    assert (office.taken, bodies(town.deps)) == ([], []), "all or nothing"
    assert len(dy(town).reports) == 1


def test_an_objection_while_it_is_on_its_way_does_not_lose_that_it_went(town: Town) -> None:
    agreed(town)
    parcel = dy(town)

    class Slow(Cut):
        def send(self, letter: Letter) -> str:
            withdraw_report(town.deps, LEO, parcel.reports[0].ad, None, "看错了")
            return "250 ok"

    send_parcel(town.deps, ANN, Slow(), parcel)
    page = see_ad(town.deps, ANN, parcel.reports[0].ad)
    assert isinstance(page.acts[-1].body, Mailed)
    assert [one.kind for one in page.due] == [DueKind.CORRECTION]


def test_it_goes_to_whom_the_site_says_or_a_person_and_to_nobody_guessed(town: Town) -> None:
    ads = agreed(town)
    with pytest.raises(InputError, match=r"\[sending.to\] \"platform:快手\""):
        parcels(town.deps, ANN, MAILS, pack)
    with pytest.raises(InputError, match="one platform"):
        parcels(town.deps, ANN, replace(MAILS, to=("x@y.example",)), pack)
    (one,) = parcels(town.deps, ANN, Addressed(Route.PLATFORM, "快手", ("x@y.example",)), pack)
    assert one.letter.to == ("x@y.example",)
    for wrong in ("x", "x@y.example\r\nRCPT TO:<z@z.example>", "a@b.example,c@d.example"):
        with pytest.raises(InputError, match="e-mail address"):
            parcels(town.deps, ANN, Addressed(Route.PLATFORM, "快手", (wrong,)), pack)
    agreed_to = agreed_by_association(town)
    mails = parcels(town.deps, ANN, Addressed(Route.ASSOCIATION), pack)
    assert [[one.ad for one in mail.reports] for mail in mails] == [[ad] for ad in sorted(agreed_to)]
    assert agreed_to == ads
    assert all(mail.letter.to == TO["association"] and "请勿据此标注任何个人" in mail.letter.body for mail in mails)


def agreed_by_association(town: Town) -> list[str]:
    return agreed(town, Wanted(route=Route.ASSOCIATION, screenshot="S-1"))


def test_what_was_written_to_files_before_is_said(town: Town) -> None:
    agreed(town)
    export_reports(town.deps, ANN)
    assert dy(town).written == 2


@pytest.mark.parametrize("role", [Role.HANDLER, Role.SUPERVISOR, Role.CONSUMER_PROTECTION, Role.INSPECTOR, Role.ADMIN])
def test_who_may_not(role: Role, town: Town) -> None:
    ads = agreed(town)
    parcel = dy(town)
    for purpose in Purpose:
        who = someone(role, purpose=purpose)
        with pytest.raises(NotPermitted):
            parcels(town.deps, who, MAILS, pack)
        with pytest.raises(NotPermitted):
            send_parcel(town.deps, who, Cut(), parcel)
        with pytest.raises(NotPermitted):
            mail_known(town.deps, who, ads[0], Route.PLATFORM, "x", arrived=True)


def test_the_report_draws_the_funnel_for_those_who_may_see_ads(town: Town) -> None:
    agreed(town)
    analyst = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
    data = report_data(town.deps, analyst)
    assert [one.by.value for one in data.ads] == ["platform", "trade", "week"]
    assert {one.total for one in data.ads} == {ad_funnel(town.deps, analyst).total}
    assert "六、广告与举报" in render_report(data, "zh-CN")
    for who in (
        someone(Role.SUPERVISOR),
        someone(Role.ANALYST),
        someone(Role.SUPERVISOR, purpose=Purpose.INVESTIGATION),
    ):
        hidden = report_data(town.deps, who)
        assert hidden.ads == ()
        page = render_report(hidden, "zh-CN")
        assert "广告与举报" not in page
        assert "六、没有查到的" in page


def test_the_report_tells_ads_apart_by_the_week_they_were_first_seen_in(town: Town) -> None:
    town.clock.later(days=9)
    put(town.deps, "ads", sighting("7", work_id="77", author="u7", seen_at=town.clock.at - timedelta(days=1)))
    data = report_data(town.deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION))
    assert [(line.of, line.ads) for line in data.ads[2].lines] == [("2026-W12", 3), ("2026-W13", 1)]
