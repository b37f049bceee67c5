"""Who is owed a correction, over cases and ads alike; and the letter to whoever received a referral of which something fell.

The letter is made as of the newest fall, so that it gives the same bytes whenever it is made and nothing changed; what it tells is
sealed with its digest, so that what falls after it was drafted takes a further one. What stands again is owed all the same, and told as
what it is. Nothing is sent from here.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from mingcha.actions.ad_book import all_acts
from mingcha.actions.ad_reports import Correction, corrections_owed
from mingcha.actions.aid_warnings import warning_fell
from mingcha.actions.case_book import case_acts, facts_of, keep_case_act, open_cases
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.permit import allowed, may
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.actions.settling import AD, COMPLAINT, CUSTOMER, EXHIBIT, RING, gone_now
from mingcha.ads.cycle import fold as fold_ad
from mingcha.casework.course import fold
from mingcha.casework.letters import correction
from mingcha.casework.outgoing import NOT_OWED, referral
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.case import CASE_ACT_WORDS, CaseActKind
from mingcha.model.case_facts import CaseFacts, Fallen, Referral
from mingcha.model.case_out import LOST_WORDS, CorrectionDrafted, Lost
from mingcha.model.correction import FallenRow, Owed, Sender, Told, WarningFell
from mingcha.model.referral import PackColumn
from mingcha.model.sheet import Sheet
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

KINDS = {
    RING: Words("疑似组织", "organisation"),
    COMPLAINT: Words("投诉", "complaint"),
    AD: Words("广告", "ad"),
    EXHIBIT: Words("证据", "exhibit"),
    CUSTOMER: Words("客户", "customer"),
}
FAMILY = Words("话术家族", "family of texts")
BY_HAND = Words("经人工复核，不再成立", "a person looked at it again: it does not hold any more")
AGAIN = Words(
    "曾不再成立，现又成立；请仅以我方重新移送的材料为准",
    "it did not hold for a time and does again: go by what we hand over anew alone",
)
Render = Callable[[Sheet, str, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Whom a correction has to reach, those owed longest first: who received referrals, who received reports of ads, and everybody
    where the public warning that is out has to be taken back or let out anew."""

    referrals: tuple[Owed, ...]
    ads: tuple[Correction, ...]
    warning: WarningFell | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A correction drafted in some forms, and the SHA-256 of its PDF: what is entered once it was handed over."""

    owed: Owed
    files: tuple[tuple[str, bytes], ...]
    sha256: str


def corrections(deps: Deps, actor: Actor) -> Corrections:
    """All that is owed in cases open to the actor, in ads, and to everybody; logged."""
    may(actor, "see_corrections")
    owed: list[Owed] = []
    ads: tuple[Correction, ...] = ()
    warning = None
    with deps.store.write() as work:
        if "see_cases" in allowed(actor):
            warning = warning_fell(deps, work)
            for case, facts in open_cases(deps, work, actor).items():
                owed += [_owed(deps, work, case, facts, one) for one in facts.referrals if one.owes_correction]
        if "see_ads" in allowed(actor):
            due_ads = [
                ad
                for ad, acts in all_acts(deps, work).items()
                if any(one.owes_correction for one in fold_ad(acts).reports)
            ]
            ads = tuple(one for ad in sorted(due_ads) for one in corrections_owed(deps, work, ad))
        seal_act(deps, work, ACCESS, actor, {"act": "see_corrections", "of": sorted({one.case for one in owed})})
    return Corrections(tuple(sorted(owed, key=lambda one: (one.since, one.case, one.referral))), ads, warning)


def draft_correction(deps: Deps, actor: Actor, case: str, of: str, render: Render, forms: Sequence[str]) -> Letter:
    """The letter to whoever received one referral; sealed. OutOfOrder where no correction is owed."""
    may(actor, "refer")
    with deps.store.write() as work:
        facts = fold(case_acts(deps, work, actor, case))
        one = referral(facts, of)
        if one is None:
            raise NotFound(what=Words("移送", "referral"), which=of)
        if not one.owes_correction:
            raise OutOfOrder(what=CASE_ACT_WORDS[CaseActKind.CORRECTION_DRAFTED], why=NOT_OWED)
        owed, tells = _owed(deps, work, case, facts, one), len(one.fallen)
        seal_act(deps, work, ACCESS, actor, {"act": "draft_correction", "of": case, "referral": of})
    sheet = correction(owed, sender(deps), "zh-CN")
    made = {form: render(sheet, form, one.fallen[-1].at) for form in ("pdf", *forms)}
    digest = sha256(made["pdf"]).hexdigest()
    with deps.store.write() as work:  # drawn outside it: what fell meanwhile, this letter does not tell
        one = referral(facts_of(deps, work, case), of)
        if one is not None and digest not in {each.root for each in one.letters}:
            keep_case_act(deps, work, actor, case, CorrectionDrafted(of, digest, tells))
    return Letter(owed, tuple((form, made[form]) for form in forms), digest)


def sender(deps: Deps) -> Sender:
    """Who writes: the institution of the site's own file."""
    ours = deps.standards.institution
    return Sender(
        institution=ours.name or "＿＿＿＿", department=ours.department, phone=ours.phone, address=ours.address
    )


def _owed(deps: Deps, work: Work, case: str, facts: CaseFacts, one: Referral) -> Owed:
    assert one.sent is not None
    open_ = one.fallen[one.corrected :]
    again = _again(deps, work, facts, open_)
    fell = {each.finding for each in open_ if each.cause is not Lost.MERGED} - again
    whole = any(id_.startswith(RING) for id_ in fell)  # then all it tells of are listed as people to be told
    since = local_day(max(open_[0].at, one.sent.handed_over))
    form = deps.standards.casework.addressees.get(one.drafted.addressee)
    return Owed(
        case=case,
        referral=one.id,
        addressee=form.title if form else Words(one.drafted.addressee, one.drafted.addressee),
        handed_over=one.sent.handed_over,
        root=one.sent.root,
        number=(one.filed.number if one.filed else "") or (one.received.number if one.received else ""),
        fallen=tuple(_row(each, again) for each in open_ if not (whole and each.cause is Lost.LEFT)),
        people=_people(deps, work, one, fell),
        customers=form is not None and PackColumn.CUSTOMER in form.columns,
        since=since,
        days=(local_day(deps.now()) - since).days,
        letter_on=_letter_on(one),
    )


def _letter_on(one: Referral) -> date | None:
    return local_day(one.letter.handed_over) if one.letter is not None and one.told > one.corrected else None


def _again(deps: Deps, work: Work, facts: CaseFacts, fallen: Sequence[Fallen]) -> frozenset[str]:
    """What the house found to stand no more and stands by now; a decision on merit that changed stays changed."""
    asked = [one.finding for one in fallen if one.cause not in (None, Lost.MERIT)]
    return frozenset(asked) - gone_now(deps, work, facts, asked).keys()


def _row(fallen: Fallen, again: frozenset[str]) -> FallenRow:
    kind = next((words for prefix, words in KINDS.items() if fallen.finding.startswith(prefix)), FAMILY)
    why = LOST_WORDS[fallen.cause] if fallen.cause else BY_HAND  # what a person wrote stays: it may name people
    return FallenRow(fallen.finding, kind, local_day(fallen.at), AGAIN if fallen.finding in again else why)


def _people(deps: Deps, work: Work, one: Referral, fell: Set[str]) -> tuple[Told, ...]:
    """Complaints the recipient was told of that what fell touches: by themselves, or all of them where an organisation fell."""
    every = any(id_.startswith(RING) for id_ in fell)
    touched = [id_ for id_ in one.rests_on if id_.startswith(COMPLAINT) and (every or id_ in fell)]
    held = work.records.heads("complaints", touched)
    return tuple(
        Told(id_, (open_record(deps.keys, held[id_]).keyed.customer_id or "") if held[id_].wrapped else "")
        for id_ in touched
        if id_ in held
    )
