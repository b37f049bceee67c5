"""Aid until the money is back: payments as they are shown, entries set aside, what is next; cards and offices that say nothing of anybody."""

from dataclasses import replace
from datetime import date

import pytest
from tests.actions.test_aid import CAI, SPENT, VIC, clock, deps, proved

from mingcha.actions.accounts import create_account, set_line
from mingcha.actions.aid import help_customer
from mingcha.actions.aid_list import aid_totals, aid_view, follow_up, legal_aid
from mingcha.actions.aid_papers import card_paper, make_paper
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.errors import InputError, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.aid import Offered, PaperKind, Recovered, Route, SetAside
from mingcha.model.aid_followup import Next
from mingcha.model.people import Line
from mingcha.testing.house import FixedClock, someone

__all__ = ["clock", "deps"]  # fixtures: the house of `test_aid` on every store


def test_a_page_shows_what_was_paid_and_to_whom_masked(deps: Deps) -> None:
    payer = proved(deps)
    help_customer(deps, VIC, payer, replace(SPENT, proofs=("chat",)))
    help_customer(deps, VIC, payer, Recovered(amount=100, on=date(2026, 3, 2), origin="青石咨询"))
    view = aid_view(deps, VIC, payer)
    assert "青石" not in str(to_plain(view))
    assert [one.payee for one in view.facts.losses] == ["青***"]
    assert "已有：聊天记录" in make_paper(deps, VIC, payer, PaperKind.POLICE, "zh").text
    with pytest.raises(InputError, match="proofs"):
        help_customer(deps, VIC, payer, replace(SPENT, proofs=("hearsay",)))


def test_a_wrong_entry_is_set_aside_and_both_stay_in_the_book(deps: Deps) -> None:
    payer = proved(deps)
    wrong = help_customer(deps, VIC, payer, replace(SPENT, fee=3_000_000))
    help_customer(deps, VIC, payer, SPENT)
    with pytest.raises(OutOfOrder, match="no such entry"):
        help_customer(deps, VIC, payer, SetAside("", "多打了一个零"))
    help_customer(deps, VIC, payer, SetAside(wrong.id, "多打了一个零"))
    assert aid_totals(deps, VIC).lost == 300_000
    assert [act.kind.value for act in aid_view(deps, VIC, payer).acts][2:] == ["loss", "loss", "set_aside"]
    assert "30,000.00" not in make_paper(deps, VIC, payer, PaperKind.CLAIM, "zh").text


def test_the_follow_up_says_what_is_next_until_the_money_is_back(deps: Deps, clock: FixedClock) -> None:
    assert follow_up(deps, VIC).lines == ()
    payer = proved(deps)
    help_customer(deps, VIC, payer, SPENT)
    help_customer(deps, VIC, payer, Offered(Route.INSTALMENT))
    clock.later(days=12)
    (line,) = follow_up(deps, VIC).lines
    assert (line.customer, line.next, line.lost, line.back, line.days, line.quiet) == (
        payer,
        Next.PAPER,
        300_000,
        0,
        12,
        12,
    )
    assert aid_totals(deps, VIC).offered == 1
    with deps.store.read() as work:
        assert parse([link.payload for link in work.chains.read("access")][-1])["customers"] == [payer]
    admin = someone(Role.ADMIN, name="root", purpose=Purpose.ADMINISTRATION)
    create_account(deps, admin, "vic", (Role.VICTIM_SUPPORT,), None)
    set_line(deps, admin, "vic", Line(None, ("利息太高",)))
    assert (follow_up(deps, VIC).lines, follow_up(deps, VIC).aside) == ((), 1)


def test_cards_and_offices_need_nobody_and_say_nothing_of_anybody(deps: Deps) -> None:
    assert card_paper(deps, VIC, "sim", "zh").title == "手机卡交给了别人"
    with pytest.raises(InputError, match="situation"):
        card_paper(deps, VIC, "none", "zh")
    assert {one.place for one in legal_aid(deps, VIC, "")} == {"全国"}
    for act in (
        lambda: card_paper(deps, CAI, "sim", "zh"),
        lambda: legal_aid(deps, CAI, ""),
        lambda: follow_up(deps, CAI),
    ):
        with pytest.raises(NotPermitted):
            act()
