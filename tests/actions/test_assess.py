"""A run of assessments: it never holds the desk up, a cut leaves whole lots, and what was erased meanwhile stays erased."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.actions.test_joining import sound
from tests.campaign.letters import SENTENCES

from mingcha.actions import assess as room
from mingcha.actions import look
from mingcha.actions import take_in as take_in_room
from mingcha.actions.assess import assess
from mingcha.actions.dossiers import BY_CUSTOMER, LIGHT
from mingcha.actions.erase import erase_customer
from mingcha.actions.kept import record_id
from mingcha.actions.verify import verify
from mingcha.detect.run import STOPS
from mingcha.evidence.canonical import parse
from mingcha.model.complaint import Complaint
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, house, put, someone

LETTER = "本人在贵公司借款，还款一直正常，上个月失业以后逾期，催收人员半夜十二点打电话，还说要上门找我父母，利息也太高，请核实处理"

SCRIPT = "".join(SENTENCES[:4])


def _filed(number: int, text: str = LETTER) -> Complaint:
    return Complaint(id=str(number), received_at=NOON, text=text, licence="bank", customer_id=f"c{number}")


def _ids(deps: object, kind: str, *numbers: str) -> list[str]:
    return [record_id(deps.keys, BY_CODE[kind], "test", number) for number in numbers]  # type: ignore[attr-defined]  # Deps


@pytest.mark.parametrize("memory", [True, False])
def test_the_desk_answers_while_a_run_goes_on(tmp_path: Path, *, memory: bool) -> None:
    with house(tmp_path, memory=memory) as deps:
        put(deps, "complaints", _filed(1), _filed(2))
        seen = []

        def look_in(stage: str, _done: int, _of: int) -> None:
            look.merit_view(deps, someone(), _ids(deps, "complaints", "1")[0])  # a read that writes the access log
            seen.append(stage)

        assert assess(deps, someone(), look_in).complaints == 2
        assert {"read", "families", "assess"} <= set(seen)


def test_a_run_that_is_cut_leaves_whole_sealed_lots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CHUNK", 2)

    def cut(stage: str, done: int, _of: int) -> None:
        if stage == "assess" and done == 4:
            raise KeyboardInterrupt

    with house(tmp_path) as deps:
        put(deps, "complaints", *(_filed(n) for n in range(5)))
        with pytest.raises(KeyboardInterrupt):
            assess(deps, someone(), cut)
        ids = _ids(deps, "complaints", *"01234")
        with deps.store.read() as work:
            kept = work.desk.assessments(ids)
            acts = [parse(link.payload) for link in work.chains.read("custody")]
        assert len(kept) == 4
        lots = [act for act in acts if act["act"] == "assess"]
        assert [act["complaints"] for act in lots] == [2, 2]
        assert len({act["run"] for act in lots}) == 1
        assert all(one.broken_at is None for one in verify(deps, someone()))
        assert assess(deps, someone()).complaints == 5


def test_who_was_erased_during_a_run_stays_erased(tmp_path: Path) -> None:
    with house(tmp_path) as deps:
        put(deps, "customers", Customer(id="c1"))
        put(deps, "complaints", _filed(1), _filed(2))

        def erase(stage: str, done: int, of: int) -> None:
            if stage == "families" and done == of:
                erase_customer(deps, someone(), "test", "c1", "r")

        assert assess(deps, someone(), erase).complaints == 1
        gone, stays = _ids(deps, "complaints", "1", "2")
        with deps.store.read() as work:
            assert set(work.desk.assessments([gone, stays])) == {stays}
            assert gone not in work.campaigns.memberships([gone, stays])


def test_a_run_keeps_the_index_in_step_and_who_came_meanwhile_in_its_family(tmp_path: Path) -> None:
    """The import places a letter at once; the run finds the same families, and what comes in during it stays placed."""
    with house(tmp_path) as deps:
        put(
            deps,
            "complaints",
            _filed(1, SCRIPT),
            _filed(2, SCRIPT + "谢谢。"),
            _filed(3, "别的事情完全不同，我只想问问网点几点开门营业"),
        )
        one, two, other, late = _ids(deps, "complaints", "1", "2", "3", "4")
        with deps.store.read() as work:
            before = work.campaigns.families()
            assert set(before.values()) == {tuple(sorted((one, two)))}

        def come_in(stage: str, done: int, of: int) -> None:
            if stage == "families" and done == of:
                put(deps, "complaints", _filed(4, "您好。" + SCRIPT))

        told = assess(deps, someone(), come_in).landscape
        assert (told["families"], told["families_born"], told["families_grown"]) == (1, 0, 0)
        with deps.store.read() as work:
            assert work.campaigns.families() == {next(iter(before)): tuple(sorted((one, two, late)))}
            assert {head.complaint for head in work.heads.all_heads()} >= {other}
            sound(work)
        assess(deps, someone())
        with deps.store.read() as work:
            assert work.campaigns.families() == {next(iter(before)): tuple(sorted((one, two, late)))}
            sound(work)
            heads = list(work.heads.all_heads())
        assess(deps, someone())
        with deps.store.read() as work:
            assert list(work.heads.all_heads()) == heads


def test_a_file_of_many_leaves_families_to_the_run_and_the_index_is_built_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_in_room, "AT_ONCE", 3)
    with house(tmp_path) as deps:
        rows = [_filed(n, SCRIPT + "谢谢。" * (n % 2)) for n in range(4)]
        assert put(deps, "complaints", *rows).waiting == 4
        with deps.store.read() as work:
            assert work.campaigns.families() == {}
        assert assess(deps, someone()).landscape["families_born"] == 1
        with deps.store.read() as work:
            (members,) = work.campaigns.families().values()
            assert len(members) == 4
            sound(work)
        (fifth,) = _ids(deps, "complaints", "5")
        assert put(deps, "complaints", _filed(5, SCRIPT + "您好。")).waiting == 0
        with deps.store.read() as work:
            (members,) = work.campaigns.families().values()
            assert fifth in members


def test_last_night_is_the_night_before_the_receipt(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", _filed(1, "昨晚十一点还在打电话催收"))
        assess(deps, someone())
        claims = look.merit_view(deps, someone(), _ids(deps, "complaints", "1")[0]).claims
        day = date(2026, 3, 20)
        assert [(c.grievance, c.period) for c in claims] == [
            (Grievance.NIGHT_CALLS, (day - timedelta(days=1), day)),
        ]


def test_the_light_pass_loads_what_representation_rests_on() -> None:
    needed = {kind for detector in STOPS for kind in detector.needs}
    assert needed <= LIGHT <= set(BY_CUSTOMER)
