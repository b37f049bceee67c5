"""Reports of ads by e-mail: never by itself, each message whole or not at all, and sealed before it goes and after.

Between the two seals nobody knows whether a message went out: whatever ends the program there leaves just that in the book,
and nothing goes on about the report until a person found out. A mail server's answer is no receipt.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mingcha.actions.ad_book import item_of, keep_act
from mingcha.actions.ad_reports import ready
from mingcha.actions.deps import Deps
from mingcha.actions.objection_match import match_waiting
from mingcha.actions.permit import may
from mingcha.actions.ports.post import Post
from mingcha.ads.report_text import Reported, cover, notice
from mingcha.errors import InputError, NotSent
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import AdAct, AdBody, Mailed, Mailing, NotMailed, Route
from mingcha.model.mail import Enclosed, Letter, is_address
from mingcha.model.words import Words

Pack = Callable[[Route, Sequence[Reported]], tuple[Enclosed, ...]]  # what is enclosed with some reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message that could be sent: a platform's reports together, any other report by itself."""

    route: Route
    reports: tuple[Reported, ...]
    written: int  # of them, how many were written to files before
    letter: Letter


@dataclass(frozen=True, slots=True)
class Addressed:
    """Which reports: of one route, of one platform where it is named; to whom, where not to whom the site says."""

    route: Route
    platform: str | None = None
    to: tuple[str, ...] = ()


def parcels(deps: Deps, actor: Actor, asked: Addressed, pack: Pack) -> tuple[Parcel, ...]:
    """What would be sent, to whom; nothing is. InputError where it is not known to whom."""
    may(actor, "send_ad_reports")
    for one in asked.to:
        if not is_address(one):
            raise InputError(where="--to", found=one, expected=Words("邮箱地址", "an e-mail address"))
    grouped: dict[str, list[tuple[Reported, bool]]] = defaultdict(list)
    with deps.store.read() as work:
        for report, told in ready(deps, work):
            if report.route is asked.route and asked.platform in (None, told.platform):
                of = (told.platform or "") if asked.route is Route.PLATFORM else told.ad
                grouped[of].append((told, report.exported_at is not None))
    if asked.to and asked.route is Route.PLATFORM and len(grouped) > 1:
        one_of = "、".join(sorted(grouped))
        expected = Words(f"先以 --platform 指定一个平台：{one_of}", f"one platform, named with --platform: {one_of}")
        raise InputError(where="--to", found=", ".join(asked.to), expected=expected)
    return tuple(_parcel(deps, asked, grouped[of], pack) for of in sorted(grouped))


def send_parcel(deps: Deps, actor: Actor, post: Post, parcel: Parcel) -> str:
    """Send one message; what the mail server said.

    NotSent: it did not go, the reports stand as before. MaybeSent: nobody knows, a person finds out (`mail_known`).
    """
    may(actor, "send_ad_reports")
    route, letter = parcel.route, parcel.letter
    _keep(deps, actor, parcel, Mailing(route, ", ".join(letter.to), letter.id))
    try:
        said = post.send(letter)
    except NotSent as error:
        _keep(deps, actor, parcel, NotMailed(route, f"{error.say('zh')} {error.say('en')}"))
        raise
    _keep(deps, actor, parcel, Mailed(route, said))
    return said


def mail_known(deps: Deps, actor: Actor, ad: str, route: Route, reason: str, *, arrived: bool) -> AdAct:
    """A person found out whether a mail arrived, and how; sealed. One that came back did not."""
    may(actor, "send_ad_reports")
    with deps.store.write() as work:
        item_of(work, ad)
        return keep_act(deps, work, actor, ad, Mailed(route, reason) if arrived else NotMailed(route, reason))


def _keep(deps: Deps, actor: Actor, parcel: Parcel, body: AdBody) -> None:
    with deps.store.write() as work:
        if isinstance(body, Mailing):
            match_waiting(deps, work)
        for one in parcel.reports:
            keep_act(deps, work, actor, one.ad, body)


def _parcel(deps: Deps, asked: Addressed, found: Sequence[tuple[Reported, bool]], pack: Pack) -> Parcel:
    reports = tuple(told for told, _ in found)
    first, ours = reports[0], deps.standards.institution.name
    platform = first.platform or ""
    if asked.route is Route.PLATFORM:
        text = cover(platform, len(reports), ours)
        subject = f"举报：{platform}招揽内容 {len(reports)} 条 / Report of {len(reports)} soliciting posts"
    else:
        text = notice(first, ours)
        subject = f"举报线索 {first.ad}：{platform} / Report {first.ad}"
    letter = Letter(
        id=deps.new_id(),
        at=deps.now(),
        to=asked.to or _recipients(deps, asked.route, platform),
        subject=subject,
        body=f"{text.zh}\n\n———\n\n{text.en}\n",
        enclosed=pack(asked.route, reports),
    )
    return Parcel(route=asked.route, reports=reports, written=sum(was for _, was in found), letter=letter)


def _recipients(deps: Deps, route: Route, platform: str) -> tuple[str, ...]:
    """To whom the site says; nobody's address is guessed."""
    name = f"{Route.PLATFORM}:{platform}" if route is Route.PLATFORM else route.value
    to = deps.standards.sending.to.get(name)
    if not to:
        expected = Words(
            f'收件人：--to，或 site.toml 的 [sending.to] "{name}"',
            f'a recipient: --to, or [sending.to] "{name}" in site.toml',
        )
        raise InputError(where="--to", found="", expected=expected)
    return to
