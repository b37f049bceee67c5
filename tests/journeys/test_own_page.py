"""A cheated customer's own page: what is held, what was decided on their complaints, how to object, and a person who speaks with them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.actions.test_aid import AGENT, HANDLE, NAME, PHONE, VIC, fill, id_of
from tests.journeys.served import served

from mingcha.actions.aid import help_customer
from mingcha.actions.aid_link import make_link
from mingcha.actions.aid_list import aid_list, aid_view, follow_up
from mingcha.actions.codec import to_plain
from mingcha.actions.decide import decide_conclusion, decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.kept import record_id
from mingcha.actions.own_findings import CONCLUSIONS, MERIT, STATES, own_findings
from mingcha.answer.lint import lint
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.aid import SPOKEN_IN, ChannelKind, Proof, Proved, Reached
from mingcha.model.aid_followup import Next
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.testing.house import FixedClock, house, someone

SECRETS = (NAME, PHONE, AGENT, HANDLE, "青石", "R-", "CASE-", "han", "理由一")
HAN = someone(Role.HANDLER, name="han")


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[httpx.Client, Deps, FixedClock]]:
    clock = FixedClock()
    with house(tmp_path, clock=clock) as deps:
        fill(deps)
        with served(deps) as base, httpx.Client(base_url=base) as http:
            yield http, deps, clock


def complaint(deps: Deps, n: str) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", n)


def test_the_four_things_a_person_may_ask_of_us(door: tuple[httpx.Client, Deps, FixedClock]) -> None:
    http, deps, _ = door
    payer = id_of(deps, "payer")
    link = make_link(deps, VIC, payer)
    decide_merit(deps, HAN, complaint(deps, "1"), MeritVerdict.PARTLY, (), "理由一")
    locked = http.get(f"/help/{link.token}").text
    for hidden in ("您的诉求", "对您投诉的处理", "2026-03-20"):
        assert hidden not in locked, "nothing of anybody before a second proof"
    help_customer(deps, VIC, payer, Proved(Proof.BRANCH, link.code))
    page = http.get(f"/help/{link.token}")
    for part in (
        "我们持有您的哪些信息",
        "对您投诉的处理",
        "2026-03-20",
        MERIT[MeritVerdict.PARTLY].zh,
        'href="/object?lang=zh"',
        "请人联系我",
        'href="tel:110"',
    ):
        assert part in page.text, part
    assert not [secret for secret in SECRETS if secret in page.text.split("<main>")[1]]
    assert "form-action 'self'" in page.headers["content-security-policy"]
    english = http.get(f"/help/{link.token}?lang=en").text
    assert MERIT[MeritVerdict.PARTLY].en in english
    with deps.store.read() as work:
        told = [parse(one.payload) for one in work.chains.read("access")]
    assert [one["customers"] for one in told if one["act"] == "see_own_findings"] == [[payer]] * 2


def test_whoever_asks_is_spoken_with_and_the_desk_sees_the_day(door: tuple[httpx.Client, Deps, FixedClock]) -> None:
    http, deps, clock = door
    payer = id_of(deps, "payer")
    link = make_link(deps, VIC, payer)
    until = f"2026-03-{20 + SPOKEN_IN}"
    asked = http.post(f"/help/{link.token}/ask", data={"note": f"请打 {PHONE} <script>"})
    assert asked.status_code == 200
    assert until in asked.text
    assert "<script" not in asked.text
    assert f'action="/help/{link.token}/ask' not in asked.text, "once is enough"
    other = re.findall(r'<a href="([^"]*)" hreflang="en"', asked.text)
    assert "Ask for a person" in http.get(str(asked.url.join(other[0]))).text, "the other language, right after asking"
    assert http.post(f"/help/{link.token}/ask", data={"note": "again"}).status_code == 200
    line = next(one for one in aid_list(deps, VIC).lines if one.possible.customer == payer)
    assert str(line.asked_until) == until
    (first, *_) = follow_up(deps, VIC).lines
    assert (first.customer, first.next, str(first.asked_until)) == (payer, Next.SPEAK, until)
    view = aid_view(deps, VIC, payer)
    assert sum(one.kind == "human_asked" for one in view.acts) == 1
    assert PHONE not in json.dumps(to_plain(view), default=str, ensure_ascii=False)
    help_customer(deps, VIC, payer, Reached(ChannelKind.CALL))
    assert until not in http.get(f"/help/{link.token}").text
    assert http.post("/help/nonsense/ask", data={"note": "x"}).status_code == 404
    clock.later(days=8)
    assert http.post(f"/help/{link.token}/ask", data={"note": "x"}).status_code == 404


@pytest.mark.parametrize("body", [b"note=" + b"x" * 200_000, b"\xff\xfe", b"note=%00%E2%80%AE"])
def test_a_bad_form_asks_all_the_same(door: tuple[httpx.Client, Deps, FixedClock], body: bytes) -> None:
    """Whoever presses the button asked, whatever came with it."""
    http, deps, _ = door
    link = make_link(deps, VIC, id_of(deps, "payer"))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert "2026-03-22" in http.post(f"/help/{link.token}/ask", content=body, headers=kind).text


def test_what_was_decided_is_told_in_words_of_theirs_alone(door: tuple[httpx.Client, Deps, FixedClock]) -> None:
    _, deps, _ = door
    unaware = id_of(deps, "unaware")
    link = make_link(deps, VIC, unaware)
    assert own_findings(deps, link.token) == own_findings(deps, "x") == ()
    help_customer(deps, VIC, unaware, Proved(Proof.FACE, link.code))
    (one,) = own_findings(deps, link.token)
    assert [said.zh for said in one.decided] == ["诉求仍在核查，尚未裁定。"]
    decide_merit(deps, HAN, complaint(deps, "2"), MeritVerdict.NOT_UPHELD, (), "理由")
    analyst = someone(Role.ANALYST, name="ana", purpose=Purpose.INVESTIGATION)
    decide_conclusion(deps, analyst, complaint(deps, "2"), Conclusion.AUTHORISED_AGENT, "理由", None)
    (one,) = own_findings(deps, link.token)
    assert [said for said in one.decided] == [MERIT[MeritVerdict.NOT_UPHELD], CONCLUSIONS[Conclusion.AUTHORISED_AGENT]]


def test_no_word_of_it_labels_or_threatens_anybody(door: tuple[httpx.Client, Deps, FixedClock]) -> None:
    _, deps, _ = door
    assert set(MERIT) == set(MeritVerdict)
    for said in (*MERIT.values(), *CONCLUSIONS.values(), *STATES.values()):
        for text in (said.zh, said.en):
            assert lint(text, "", deps.standards.answers.refused) == (), text
