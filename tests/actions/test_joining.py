"""New complaints find their families at once: as the batch would have it, whatever came before, and undone when erased."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.campaign.letters import OTHERS, SENTENCES, letters
from tests.campaign.test_gathering import slow_units

from mingcha.actions import joining
from mingcha.actions.joining import Joined, Outcome, assign, forget
from mingcha.actions.ports.store import Store, Work
from mingcha.adapters.store import open_memory, open_sqlite
from mingcha.campaign import join
from mingcha.campaign.gathering import RULE
from mingcha.campaign.postings import as_hashes
from mingcha.campaign.sketches import passage, sketch
from mingcha.model.stored import Sketch

LETTER = "".join(SENTENCES[:4])


def cut(rows: list[str], first: int = 0) -> list[Sketch]:
    return sketch([(f"C-{n:03}", text) for n, text in enumerate(rows, first)], 0)


def come_in(store: Store, rows: list[str], first: int = 0) -> list[Joined]:
    sketches = cut(rows, first)
    with store.write() as work:
        work.campaigns.put_sketches(sketches)
        return assign(work, sketches)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_memory()
    yield opened
    opened.close()


def sound(work: Work) -> None:
    """The counts of every head are those of its places, and it is posted where it says and nowhere else."""
    posted: dict[int, set[int]] = {}
    heads = {head.number: head for head in work.heads.all_heads()}
    for head in heads.values():
        rows = work.heads.placed(head.number)
        texts = {row.digest: row for row in rows}
        hows = [row.how for row in texts.values()]
        assert head.texts == len(texts)
        assert (head.firms, head.sures) == (sum(h >= 2 for h in hows), sum(h >= 3 for h in hows))
        assert head.copies == sum(row.how == 0 for row in rows)
        assert head.least <= min(row.held for row in rows)
        assert (head.family is not None) >= join.stands(RULE, head)
        posted[head.number] = set(as_hashes(head.posted))
        for row in work.heads.postings(sorted(posted[head.number])):
            mine, other = (row.families, row.lone) if head.family else (row.lone, row.families)
            assert numbers(mine).count(head.number) == 1
            assert head.number not in numbers(other)


def numbers(raw: bytes) -> list[int]:
    return [int.from_bytes(raw[i : i + 4], "little") for i in range(0, len(raw), 4)]


def test_a_character_changed_for_one_of_the_same_sound_is_the_same_text(store: Store) -> None:
    text = "如果十五日内不予答复，我将向监管部门继续反映这一情况。"
    said = come_in(store, [text, text.replace("一", "乙")])
    assert [(one.outcome, one.similarity) for one in said] == [(Outcome.ALONE, 0), (Outcome.JOINED, 10**6)]


@settings(max_examples=150, deadline=None)
@given(letters())
def test_no_two_members_share_less_of_the_representative_than_the_floor(rows: list[str]) -> None:
    store = open_memory()
    said = come_in(store, rows)
    with store.read() as work:
        sound(work)
        families = work.campaigns.families()
        held = work.campaigns.memberships([c for members in families.values() for c in members])
        least = work.campaigns.similarity_min(list(families))
    texts = {f"C-{n:03}": text for n, text in enumerate(rows)}
    for family, members in families.items():
        (head,) = {texts[c] for c in members if held[c].representative}
        units = {c: slow_units(head, texts[c]) for c in members}
        size = sum(c.isalnum() for c in head)
        common = min(len(a & b) for a in units.values() for b in units.values())
        assert common * 10**6 >= RULE.common * size
        assert least[family] <= common * 10**6 // size
        assert len(members) > 1
    for one in said:
        if one.outcome is Outcome.JOINED:
            assert one.complaint in families[one.family or ""]


@settings(max_examples=75, deadline=None)
@given(letters())
def test_what_is_found_by_sample_is_what_comparing_with_every_head_finds(rows: list[str]) -> None:
    store = open_memory()
    for n, text in enumerate(rows):
        (one,) = cut([text], n)
        with store.write() as work:
            heads = list(work.heads.all_heads())
            texts = work.campaigns.sketches_of([head.complaint for head in heads])
            alike = [
                (join.compare(RULE, join.ready(passage(one)), passage(texts[head.complaint])), head) for head in heads
            ]
            held = [(like, head) for like, head in alike if like and joining._common(work, head, like) is not None]
            best = max((like.worth(head) for like, head in held), default=None)
            found = joining.find(work, passage(one), work.heads.postings(joining.asked(passage(one).hashes)))
            got = found.likeness.worth(found.head) if found.likeness and found.head else None
            assert got == best
            assert found.passed_over == 0
            work.campaigns.put_sketches([one])
            assign(work, [one])


def test_a_family_is_born_grows_and_keeps_its_id(store: Store) -> None:
    rows = [LETTER, SENTENCES[5] + SENTENCES[6], LETTER + OTHERS[0], OTHERS[1] + LETTER, "短"]
    said = come_in(store, rows)
    assert [one.outcome for one in said] == ["alone", "alone", "joined", "joined", "too_short"]
    assert said[2].family == said[3].family is not None
    with store.read() as work:
        assert work.campaigns.families() == {said[2].family: ("C-000", "C-002", "C-003")}
        sound(work)
    assert come_in(store, rows[:1])[0].outcome is Outcome.KNOWN


def test_a_store_opened_again_goes_on(tmp_path: Path) -> None:
    first = open_sqlite(tmp_path / "house.db")
    come_in(first, [LETTER, LETTER + OTHERS[0]])
    first.close()
    again = open_sqlite(tmp_path / "house.db")
    (said,) = come_in(again, [OTHERS[1] + LETTER], 2)
    assert said.outcome is Outcome.JOINED
    with again.read() as work:
        assert work.campaigns.families() == {said.family: ("C-000", "C-001", "C-002")}
        sound(work)
    again.close()


def test_a_short_template_inside_a_long_letter_is_found(store: Store) -> None:
    story = "".join(
        f"第{n}段里我写了完全不同的一件小事情，{chr(0x4E00 + n * 37)}{chr(0x5200 + n * 53)}也在场。" for n in range(60)
    )
    said = come_in(store, [LETTER, LETTER + OTHERS[0], story[:900] + LETTER + story[900:]])
    assert said[2].outcome is Outcome.LEANING  # a weak likeness: it counts once enough firm ones are there
    more = [OTHERS[1] + LETTER, LETTER + OTHERS[2], OTHERS[0] + LETTER]
    with store.read() as work:
        assert "C-002" not in work.campaigns.memberships(["C-002"])
    come_in(store, more, 3)
    with store.read() as work:
        sound(work)
        assert work.campaigns.families() == {said[1].family: tuple(f"C-{n:03}" for n in range(6))}


def test_copies_are_a_family_and_a_copy_of_one_that_leaned_makes_it_stand(store: Store) -> None:
    half = SENTENCES[0] + SENTENCES[1]
    said = come_in(store, [half + SENTENCES[2] + SENTENCES[3], half + SENTENCES[5] + SENTENCES[6] + SENTENCES[7]])
    if said[1].outcome is Outcome.LEANING:
        (again,) = come_in(store, [half + SENTENCES[5] + SENTENCES[6] + SENTENCES[7]], 2)
        assert again.outcome is Outcome.JOINED
    (copy,) = come_in(store, [half + SENTENCES[2] + SENTENCES[3]], 3)
    assert (copy.outcome, copy.similarity) == (Outcome.JOINED, 1_000_000)
    with store.read() as work:
        sound(work)
        assert ("C-000", "C-003") in work.campaigns.families().values()


@pytest.mark.parametrize("gone", [["C-000"], ["C-001"], ["C-002"], ["C-000", "C-001"]])
def test_who_is_erased_is_found_no_more_and_the_others_stay(store: Store, gone: list[str]) -> None:
    come_in(store, [LETTER, LETTER, LETTER + OTHERS[0]])
    with store.write() as work:
        forget(work, gone)
        work.campaigns.forget(gone)
        assert not work.heads.places(gone)
        assert not work.heads.heads_of(gone)
        sound(work)
    (said,) = come_in(store, [LETTER + OTHERS[1]], 3)
    with store.read() as work:
        sound(work)
        if gone != ["C-000", "C-001"]:
            assert said.outcome is Outcome.JOINED
            assert set(work.campaigns.families()[said.family or ""]) == {f"C-{n:03}" for n in range(4)} - set(gone)


def test_an_amended_text_is_placed_anew(store: Store) -> None:
    come_in(store, [LETTER, LETTER + OTHERS[0], "".join(SENTENCES[4:])])
    (said,) = come_in(store, ["".join(SENTENCES[4:]) + OTHERS[0]], 1)
    assert said.outcome is Outcome.JOINED
    with store.read() as work:
        assert work.campaigns.families()[said.family or ""] == ("C-001", "C-002")
        sound(work)


def test_heads_not_compared_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "COMPARED", 1)
    come_in(store, [SENTENCES[0] + SENTENCES[2], SENTENCES[4] + SENTENCES[6], SENTENCES[3] + SENTENCES[7]])
    (said,) = come_in(store, [SENTENCES[6] + SENTENCES[1] + SENTENCES[2] + SENTENCES[5] + SENTENCES[7]], 3)
    assert said.passed_over == 2


def test_a_floor_that_is_not_kept_keeps_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts that share nothing of the representative are never in one family."""
    monkeypatch.setattr(joining, "RULE", replace_rule(common=500_000))
    whole = "".join(SENTENCES[:6])
    said = come_in(store, [whole, "".join(SENTENCES[:3]), "".join(SENTENCES[3:6])])
    assert [one.outcome for one in said] == ["alone", "joined", "alone"]


def replace_rule(**given: int) -> object:
    return RULE._replace(**given)


def test_a_family_id_that_is_taken_is_not_taken_again(store: Store) -> None:
    (one,) = cut([LETTER])
    name = joining.digest_of(one.hashes)
    with store.write() as work:
        work.campaigns.put_similarity(name, 1)
    said = come_in(store, [LETTER, LETTER + OTHERS[0]])
    assert said[1].family == name + ".2"


def test_counts_are_of_texts_not_of_copies(store: Store) -> None:
    come_in(store, [LETTER, LETTER + OTHERS[0], LETTER + OTHERS[0], LETTER])
    with store.read() as work:
        (head,) = work.heads.all_heads()
        assert (head.texts, head.copies) == (2, 2)
        assert replace(head, posted=b"").least <= head.units
