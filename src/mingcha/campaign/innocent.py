"""Innocent explanations of a family, each looked for: found with its evidence, looked and not found, or no data to look at.

None of them excuses or accuses; a reader meets all of them before any sign of organisation (law 7).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from mingcha.campaign.family_facts import PageFacts, PageMember, day_of
from mingcha.campaign.forms import on_a_form
from mingcha.campaign.scheme import Scheme
from mingcha.campaign.summary import acts_of, covers, overlapping
from mingcha.model.family_page import Explanation, InnocentPart, Looked
from mingcha.model.laws import MAX_CITES
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

Members = Sequence[PageMember]
Reached = tuple[Explanation, frozenset[str]]
LABELS = {
    "same_act": Words("同一行为多渠道", "one act in several channels"),
    "portal_copy": Words("一次提交，平台转给多家机构", "one portal filing copied to several firms"),
    "public_sample_letter": Words("公开范本", "public sample letter"),
    "common_cause": Words("共同原因事件", "common cause"),
    "platform_form": Words("平台表单", "a platform's form"),
    "same_customer": Words("同一客户重复反映", "one customer's repeats"),
    "verified_representation": Words("代表身份已核验", "verified representation"),
}


def innocent_part(page: PageFacts, scheme: Scheme) -> InnocentPart:
    """All of them in reading order, and how many members at least one reaches; the order of members does not matter."""
    looked = [look(page, scheme) for look in LOOKS]
    reached = frozenset[str]().union(*(members for _, members in looked))
    return InnocentPart(explanations=tuple(one for one, _ in looked), explained=len(reached))


def _same_act(page: PageFacts, _: Scheme) -> Reached:
    if not any(m.person_known for m in page.members):
        return _unchecked("same_act", "没有客户号或提交人电话", "no filing names its customer or the filer's number")
    several = [act for act in _acts(page.members) if len({m.seen.channel for m in act if m.seen.channel}) > 1]
    told = Words(
        f"{len(several)} 次行为由同一人在一天内经多个渠道提交，各只算一次",
        f"acts one person filed in several channels within a day: {len(several)}; each counts once",
    )
    none = Words("没有人在一天内经多个渠道提交", "nobody filed it in several channels within a day")
    return _told("same_act", _flat(several), told, none)


def _portal_copy(page: PageFacts, _: Scheme) -> Reached:
    """One act, or equal texts of unknown people in one channel on one day, that reached several lenders."""
    if not any(m.seen.lender for m in page.members):
        return _unchecked("portal_copy", "投诉未记机构", "the complaints do not name the firm")
    one_filing: dict[tuple[str | None, ...], list[PageMember]] = defaultdict(list)
    for m in page.members:
        if m.seen.channel and m.seen.received_at and (m.person_known or m.wording):
            who = m.facts.act if m.person_known else m.wording
            day = None if m.person_known else day_of(m.seen.received_at)
            one_filing["act" if m.person_known else "text", who, m.seen.channel, day].append(m)
    copied = [same for same in one_filing.values() if len({m.seen.lender for m in same if m.seen.lender}) > 1]
    told = Words(
        f"{len(copied)} 次提交经同一渠道到达多家机构，像是平台转办的副本",
        f"filings that reached several firms through one channel, as copies of a portal do: {len(copied)}",
    )
    none = Words("没有一次提交经同一渠道到达多家机构", "no filing reached several firms through one channel")
    return _told("portal_copy", _flat(copied), told, none)


def _sample(page: PageFacts, _: Scheme) -> Reached:
    if "samples" not in page.kinds_held:
        return _unchecked("public_sample_letter", "没有登记公开范本", "no public sample letter is on record")
    found = {m.complaint: m.facts.sample for m in page.members if m.facts.sample is not None}
    letters = sorted({(sample.title, sample.cite.record) for sample in found.values()})
    named = "、".join(f"《{title}》" for title, _ in letters), ", ".join(f"“{title}”" for title, _ in letters)
    told = Words(f"文本来自公开范本{named[0]}", f"the text follows {named[1]}")
    none = Words("不像任何已登记的公开范本", "it follows no public sample letter on record")
    sources = tuple(Cite("samples", record) for _, record in letters)
    return _told("public_sample_letter", [m for m in page.members if m.complaint in found], told, none, sources)


def _common_cause(page: PageFacts, scheme: Scheme) -> Reached:
    if "events" not in page.kinds_held:
        return _unchecked("common_cause", "没有登记事件", "no event is on record")
    openers = acts_of([m.facts for m in page.members])
    events = overlapping(page.events, openers.values(), scheme)
    reached = {
        id_
        for id_, act in openers.items()
        if act.received_at is not None and any(covers(e, act, act.received_at, scheme) for e in events)
    }
    told = Words(
        "已登记的事件（故障、调价、报道等）覆盖了至少一半的行为",
        "an event on record (outage, price change, press report or the like) covers half of the acts or more",
    )
    none = Words("没有登记的事件覆盖一半的行为", "no event on record covers half of the acts")
    sources = tuple(Cite("events", event.id) for event in events)
    return _told("common_cause", [m for m in page.members if m.facts.act in reached], told, none, sources)


def _form(page: PageFacts, _: Scheme) -> Reached:
    channels = {m.seen.channel for m in page.members if m.seen.channel}
    if not any(c.channel in channels for c in page.outside):
        return _unchecked("platform_form", "同渠道没有其他投诉可比", "no other complaint of these channels to compare")
    told = Words(
        "文本带有该渠道表单的栏目，别的投诉也有这些栏目",
        "the texts carry headings of their channel's form, which other complaints carry too",
    )
    none = Words("没有该渠道通用的表单栏目", "no headings of a form that their channel uses")
    return _told("platform_form", on_a_form(page.members, page.outside), told, none)


def _same_customer(page: PageFacts, _: Scheme) -> Reached:
    theirs: dict[str, list[PageMember]] = defaultdict(list)
    for m in page.members:
        if m.facts.customer is not None:
            theirs[m.facts.customer.id].append(m)
    if not theirs:
        return _unchecked("same_customer", "没有客户记录", "no filing has a customer on record")
    again = [same for same in theirs.values() if len({m.facts.act for m in same}) > 1]
    told = Words(
        f"{len(again)} 名客户多次反映同一件事；坚持不是线索",
        f"customers who wrote more than once about the same: {len(again)}; persistence weighs nothing",
    )
    none = Words("没有客户重复反映", "no customer wrote more than once")
    return _told("same_customer", _flat(again), told, none)


def _represented(page: PageFacts, _: Scheme) -> Reached:
    if "representatives" not in page.kinds_held:
        return _unchecked("verified_representation", "没有代表核验记录", "no representative is on record")
    told = Words(
        "由身份已核验的代表提出，经由此人的关联不计",
        "filed by verified representatives; ties through them do not count",
    )
    none = Words("没有经核验的代表提出", "none was filed by a verified representative")
    return _told("verified_representation", [m for m in page.members if m.facts.represented], told, none)


LOOKS: tuple[Callable[[PageFacts, Scheme], Reached], ...] = (
    _same_act,
    _portal_copy,
    _sample,
    _common_cause,
    _form,
    _same_customer,
    _represented,
)


def _acts(members: Members) -> list[list[PageMember]]:
    acts: dict[str, list[PageMember]] = defaultdict(list)
    for member in members:
        acts[member.facts.act].append(member)
    return list(acts.values())


def _flat(groups: Sequence[Members]) -> list[PageMember]:
    return [member for group in groups for member in group]


def _told(code: str, members: Members, told: Words, none: Words, sources: tuple[Cite, ...] = ()) -> Reached:
    """Found where it reaches a member; sources are the records given, else the members themselves."""
    reached = frozenset(m.complaint for m in members)
    if not reached:
        return _explanation(code, Looked.NOTHING, none), reached
    cites = sources or tuple(Cite("complaints", id_) for id_ in sorted(reached))
    return _explanation(code, Looked.FOUND, told, len(reached), cites[:MAX_CITES]), reached


def _unchecked(code: str, zh: str, en: str) -> Reached:
    return _explanation(code, Looked.UNCHECKED, Words(zh, en)), frozenset()


def _explanation(code: str, looked: Looked, why: Words, members: int = 0, cites: tuple[Cite, ...] = ()) -> Explanation:
    return Explanation(code=code, label=LABELS[code], looked=looked, why=why, members=members, cites=cites)
