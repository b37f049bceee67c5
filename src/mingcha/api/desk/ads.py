"""Ads: how they stand, a person's word, reports that two agree to, what came back, objections, and the funnel. Nothing is sent."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field

from mingcha.actions import ad_checks, ad_funnel, ad_objections, ad_reports, ad_returns
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.codec import to_plain
from mingcha.ads.report_text import cited, ground
from mingcha.api.desk.shapes import Moment, Reason, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.ad_cycle import Answered, Checked, FunnelBy, Likeness, Look, Reply, Route, Solicits, Stage
from mingcha.model.advert import Trade
from mingcha.wiring import ad_judge

router = APIRouter(prefix="/api/ads", tags=["ads"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such ad or report."},
    409: {"description": "Out of order: why stands in the answer."},
}
Id = Annotated[str, Path(pattern=r"^AD-[A-Z2-7]{1,40}$|^AD-0$", examples=["AD-4IT7HCV5HSPQKYIYN32G"])]
Text = Annotated[str, Field(min_length=1, max_length=4_000, examples=["平台回复：已受理"])]


class WordRequest(Shape):
    """Whether an ad solicits, for which trade, and why."""

    solicits: Solicits = Field(examples=["yes"])
    trade: Trade | None = None
    reason: Reason


class AdReportRequest(Shape):
    """A report to be drafted. `names_institution` where the post names us; our name in its text is found by itself."""

    route: Route = Field(examples=["platform"])
    clause: Annotated[str, Field(max_length=200)] = ad_reports.GROUND
    names_institution: bool = False
    screenshot: Annotated[str | None, Field(max_length=100)] = None
    looked_up: date | None = None


class RouteRequest(Shape):
    """Which report is meant, where an ad has several."""

    route: Route | None = None


class WithdrawRequest(RouteRequest):
    """A report is taken back."""

    reason: Reason


class ReceiptRequest(RouteRequest):
    """A named person says that it was sent, and holds its number."""

    number: Annotated[str, Field(min_length=1, max_length=200, examples=["DY-20260305-77"])]
    sent_at: Moment | None = None


class AnswerRequest(Shape):
    """What a report was answered."""

    route: Route
    reply: Reply
    text: Annotated[str, Field(max_length=4_000)] = ""
    answered_at: Moment | None = None


class LookRequest(Shape):
    """What a look at its address found."""

    look: Look = Field(examples=["gone"])
    url: Annotated[str | None, Field(max_length=2_000)] = None
    looked_at: Moment | None = None


class ObjectionRequest(Shape):
    """What the poster says."""

    text: Text


class ObjectionDecision(Shape):
    """Whether they are right, and why."""

    upheld: bool
    reason: Reason


class ReappearedRequest(Shape):
    """Another ad that this one came back as."""

    ad: Annotated[str, Field(max_length=64, examples=["AD-7BOYBVAHK3MIK3XF67EH"])]
    by: Likeness


class CorrectedRequest(Shape):
    """Whoever got a report that fell confirmed the correction, and how."""

    route: Route
    confirmed: Text


def _plain(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(value)
    return plain


def _corrections(owed: tuple[ad_reports.Correction, ...]) -> dict[str, Any]:
    return {"corrections": [to_plain(one) for one in owed]}


@router.get("", responses=DENIED)
def listed(deps: House, who: Who, stage: Annotated[Stage | None, Query()] = None) -> dict[str, Any]:
    """All ads, what is due first. An ad is one with many sightings; none of it is about a person."""
    return {"ads": [to_plain(one) for one in ad_funnel.list_ads(deps, who, stage)]}


@router.get("/funnel", responses=DENIED)
def funnel(deps: House, who: Who, by: Annotated[FunnelBy, Query()] = FunnelBy.PLATFORM) -> dict[str, Any]:
    """Seen, judged, reported, removed, returned, withdrawn, with the rules it is counted by."""
    return _plain(ad_funnel.ad_funnel(deps, who, by))


@router.get("/reappeared", responses=DENIED)
def perhaps(deps: House, who: Who) -> dict[str, Any]:
    """Ads that may be ones that went, by handle or words; a person says whether they are."""
    return {"perhaps": [to_plain(one) for one in ad_returns.returned_perhaps(deps, who)]}


@router.post("/export", status_code=201, responses=ORDER)
def export(deps: House, who: Who) -> dict[str, Any]:
    """Every report that enough people agreed to and whose receipt is not held: rows of batch sheets, and texts. Nothing is sent."""
    return {
        "reports": [
            {"told": to_plain(one.told), "ground": to_plain(ground(one.told)), "clause": to_plain(cited(one.told.clause)), "text": to_plain(one.text)}
            for one in ad_reports.export_reports(deps, who)
        ]
    }  # fmt: skip


@router.get("/{id_}", responses=ORDER)
def one(deps: House, who: Who, id_: Id) -> dict[str, Any]:
    """One ad: its words masked, what the machine reads (a suggestion), every act on it, what waits, and corrections owed."""
    return _plain(ad_funnel.see_ad(deps, who, id_, ad_judge(deps.standards).judge))


@router.post("/{id_}/word", status_code=201, responses=ORDER)
def word(deps: House, who: Who, id_: Id, asked: WordRequest) -> dict[str, Any]:
    """A person's word; what the machine reads is kept beside it."""
    return _plain(judge_ad(deps, who, ad_judge(deps.standards).judge, id_, asked.solicits, asked.trade, asked.reason))


@router.post("/{id_}/reports", status_code=201, responses=ORDER)
def draft(deps: House, who: Who, id_: Id, asked: AdReportRequest) -> dict[str, Any]:
    """Draft a report. 409 for what complains, reports, warns, teaches, regulates, asks or shares: nobody reports that."""
    wanted = ad_reports.Wanted(
        route=asked.route,
        clause=asked.clause,
        names_institution=asked.names_institution,
        screenshot=asked.screenshot,
        looked_up=asked.looked_up,
    )
    return _plain(ad_reports.draft_report(deps, who, ad_judge(deps.standards).judge, id_, wanted))


@router.post("/{id_}/approve", status_code=201, responses=ORDER)
def approve(deps: House, who: Who, id_: Id, asked: RouteRequest) -> dict[str, Any]:
    """Agree to a report: two people, three where it names the institution."""
    return _plain(ad_reports.approve_report(deps, who, id_, asked.route))


@router.post("/{id_}/withdraw", status_code=201, responses=ORDER)
def withdraw(deps: House, who: Who, id_: Id, asked: WithdrawRequest) -> dict[str, Any]:
    """Take a report back; whom a correction must reach."""
    return _corrections(ad_reports.withdraw_report(deps, who, id_, asked.route, asked.reason))


@router.post("/{id_}/corrected", status_code=201, responses=ORDER)
def corrected(deps: House, who: Who, id_: Id, asked: CorrectedRequest) -> dict[str, Any]:
    """A correction was confirmed."""
    return _plain(ad_reports.confirm_correction(deps, who, id_, asked.route, asked.confirmed))


@router.post("/{id_}/receipt", status_code=201, responses=ORDER)
def receipt(deps: House, who: Who, id_: Id, asked: ReceiptRequest) -> dict[str, Any]:
    """Hold the receipt of what was sent: from now on it is reported."""
    return _plain(ad_checks.enter_receipt(deps, who, id_, asked.number, asked.route, asked.sent_at))


@router.post("/{id_}/answer", status_code=201, responses=ORDER)
def answer(deps: House, who: Who, id_: Id, asked: AnswerRequest) -> dict[str, Any]:
    """Keep what came back."""
    body = Answered(asked.route, asked.reply, asked.text, asked.answered_at or deps.now())
    return _plain(ad_checks.enter_answer(deps, who, id_, body))


@router.post("/{id_}/looks", status_code=201, responses=ORDER)
def look(deps: House, who: Who, id_: Id, asked: LookRequest) -> dict[str, Any]:
    """Keep a look. Gone takes two at least 24 hours apart; unreachable is not gone."""
    body = Checked(asked.look, asked.looked_at or deps.now(), asked.url)
    return _plain(ad_checks.check_ad(deps, who, id_, body))


@router.post("/{id_}/reappeared", status_code=201, responses=ORDER)
def recognise(deps: House, who: Who, id_: Id, asked: ReappearedRequest) -> dict[str, Any]:
    """Say that this ad came back as another."""
    return _plain(ad_checks.recognise(deps, who, id_, asked.ad, asked.by))


@router.post("/{id_}/objection", status_code=201, responses=ORDER)
def objection(deps: House, who: Who, id_: Id, asked: ObjectionRequest) -> dict[str, Any]:
    """Keep what the poster says; nothing about the ad goes on until it is decided."""
    return _plain(ad_objections.record_objection(deps, who, id_, asked.text))


@router.post("/{id_}/objection/decide", status_code=201, responses=ORDER)
def decide(deps: House, who: Who, id_: Id, asked: ObjectionDecision) -> dict[str, Any]:
    """Decide an objection; whoever drafted or approved the report does not. Upheld, it says whom a correction must reach."""
    if asked.upheld:
        return _corrections(ad_objections.uphold_objection(deps, who, id_, asked.reason))
    ad_objections.refuse_objection(deps, who, id_, asked.reason)
    return _corrections(())
