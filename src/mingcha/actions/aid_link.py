"""The one-time link and what it shows: hotlines and cards to whoever holds it, the rest once staff saw a second proof beside its code.

The link is random, kept as a digest alone, and over after seven days. A code proves nothing: it is what somebody at a branch reads out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from mingcha.actions.aid import take_up
from mingcha.actions.aid_book import help_of, keep_aid_act, stand_apart
from mingcha.actions.aid_known import CUSTOMERS, Theirs, known, met_by, opened
from mingcha.actions.aid_list import theirs_of
from mingcha.actions.aid_papers import written
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.aid.course import open_link, spoken_by
from mingcha.aid.finding import possible
from mingcha.errors import NotFound
from mingcha.model.actor import Actor, Purpose
from mingcha.model.aid import AidFacts, AidState, HelpPage, HumanAsked, Linked, PaperKind
from mingcha.model.kinds import BY_CODE, KINDS
from mingcha.model.people import Token
from mingcha.model.record import Personal
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask

LIVES = timedelta(days=7)
KIND = "aid"  # of token: it signs nobody in
LINK = Words("链接", "link")
HOLDER = Actor(name="link", roles=frozenset(), purpose=Purpose.AID)  # whoever holds one: nobody is known yet
OVER = HelpPage(live=False)
PROFILE = (
    ("name", Personal.NAME),
    ("phone", Personal.PHONE),
    ("address", Personal.ADDRESS),
    ("id_number", Personal.ID_NUMBER),
)
CODE = 8
CUSTOMER = "customer_id"


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link that is shown once, and the code its page shows."""

    token: str
    code: str


@dataclass(frozen=True, slots=True)
class _Held:
    customer: str
    code: str
    stands: AidFacts
    link: Linked


def make_link(deps: Deps, actor: Actor, customer: str) -> MadeLink:
    """A link for one customer; who made it is sealed. It is told by a safe channel or on paper at a branch."""
    may(actor, "give_aid")
    stand_apart(actor)
    token, digest = deps.signin.new_token()
    code = _code(digest)
    with deps.store.write() as work:
        theirs = theirs_of(deps, work, actor, customer)
        take_up(deps, work, actor, theirs)
        until = deps.now() + LIVES
        keep_aid_act(deps, work, actor, customer, Linked(code, until))
        purpose = Purpose.AID.value
        work.accounts.put_token(Token(digest=digest, account=customer, purpose=purpose, kind=KIND, expires_at=until))
    return MadeLink(token, code)


def live_link(deps: Deps, token: str) -> str | None:
    """The digest of a link while it is live; nothing is opened, so nothing is sealed."""
    with deps.store.read() as view:
        return deps.signin.digest(token) if _held(deps, view, token) else None


def help_page(deps: Deps, token: str) -> HelpPage:
    """What a link shows now; one that is unknown, over or erased shows the same as any other. The look is sealed."""
    if live_link(deps, token) is None:
        return OVER
    with deps.store.write() as work:
        held = _held(deps, work, token)
        theirs = opened(deps, work, [held.customer]).get(held.customer) if held else None
        if held is None or theirs is None:
            return OVER
        shown = open_link(held.stands, held.code)
        seal_act(deps, work, ACCESS, HOLDER, {"act": "see_help", "customers": [held.customer], "opened": int(shown)})
        if not shown:
            return HelpPage(live=True, code=held.code, until=held.link.until, asked_until=spoken_by(held.stands))
        return _page(deps, work, held, theirs)


def ask_for_person(deps: Deps, token: str, note: str) -> HelpPage:
    """Whoever holds a live link asks to speak with a person: the aid desk sees it with its day. Asking twice changes nothing."""
    with deps.store.write() as work:
        held = _held(deps, work, token)
        if held is None:
            return OVER
        if held.stands.asked_at is None:
            keep_aid_act(deps, work, HOLDER, held.customer, HumanAsked(note))
    return help_page(deps, token)


def opened_by(deps: Deps, work: Work, token: str) -> str | None:
    """The customer whose link this is, once a second proof opened it."""
    held = _held(deps, work, token)
    return held.customer if held and open_link(held.stands, held.code) else None


def help_letter(deps: Deps, token: str, kind: PaperKind, locale: str) -> str:
    """A letter that was made for them, as of now; NotFound before a second proof, or where it was never made. The look is sealed."""
    with deps.store.write() as work:
        held = _held(deps, work, token)
        made = held is not None and any(one.kind is kind for _, one in held.stands.papers)
        theirs = opened(deps, work, [held.customer]).get(held.customer) if held else None
        if held is None or theirs is None or not made or not open_link(held.stands, held.code):
            raise NotFound(what=LINK, which="…")
        seal_act(
            deps, work, ACCESS, HOLDER, {"act": "read_aid_paper", "customers": [held.customer], "paper": kind.value}
        )
        return written(deps, theirs, held.stands, kind, locale)


def _held(deps: Deps, work: Work, token: str) -> _Held | None:
    digest = deps.signin.digest(token)
    found = work.accounts.token(digest)
    if found is None or found.kind != KIND or found.expires_at <= deps.now():
        return None
    stands = help_of(deps, work, found.account)
    code = _code(digest)
    link = next((one for one in stands.links if one.code == code), None)
    ended = stands.state in (None, AidState.DECLINED)
    return None if link is None or ended else _Held(found.account, code, stands, link)


def _page(deps: Deps, work: Work, held: _Held, theirs: Theirs) -> HelpPage:
    found = possible(known(theirs, met_by(deps, work, theirs)), deps.standards.aid, local_day(deps.now()))
    kinds = held.stands.found.facts if held.stands.found else ()
    return HelpPage(
        live=True,
        opened=True,
        code=held.code,
        until=held.link.until,
        asked_until=spoken_by(held.stands),
        held=tuple(_counts(work, held.customer)),
        masked=tuple(_masked(theirs)),
        facts=tuple(dict.fromkeys((*kinds, *(fact.kind for fact in found.facts)) if found else kinds)),
        situations=tuple(one.id for one in found.situations) if found else (),
        papers=tuple(dict.fromkeys(one.kind for _, one in held.stands.papers)),
        lost=held.stands.lost,
        back=held.stands.back,
        done=tuple((one.situation, one.step) for one in held.stands.cards),
        offices=tuple(one.name for one in deps.standards.aid.offices_in(theirs.customer.clear.address or "")),
    )


def _counts(work: Work, customer: str) -> Iterator[tuple[Words, int]]:
    """Every kind of record that names the customer, and how many there are."""
    for kind in KINDS:
        if any(one.name == CUSTOMER for one in kind.columns):
            found = work.records.by_token(kind.code, CUSTOMER, [customer])
            if count := sum(bool(one.wrapped) for one in found):
                yield kind.label, count


def _masked(theirs: Theirs) -> Iterator[tuple[Words, str]]:
    labels = {one.name: one.label for one in BY_CODE[CUSTOMERS].columns}
    for name, personal in PROFILE:
        if value := getattr(theirs.customer.clear, name):
            yield labels[name], mask(personal, value)


def _code(digest: str) -> str:
    return digest[:CODE].upper()
