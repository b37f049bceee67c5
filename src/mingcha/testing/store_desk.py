"""What every store promises of the desk, the indexes, search, people and jobs."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from mingcha.actions.ports.store import Store
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.clock import ClockEventKind
from mingcha.model.decision import Stage
from mingcha.model.family import Posting
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.testing import stored as made
from mingcha.testing.store_facts import refused
from mingcha.testing.stored import DAY, NOON, later


def queue_rows_are_replaced_and_counted(store: Store) -> None:
    """Every field comes back; the filter's fields narrow down together."""
    odd = made.desk_row(
        "C-2", channel="微\0信\\", product="P", assigned_to="ann", merit_decided=True, state="answered", reopened=True,
        received_at=later(60),
    )  # fmt: skip
    with store.write() as work:
        work.desk.put_rows([made.desk_row("C-1"), made.desk_row("C-2"), made.desk_row("C-3", welfare=True)])
        work.desk.put_rows([odd, made.desk_row("C-4", nearest=DAY - timedelta(days=1))])
        work.desk.put_rows([])
    with store.read() as work:
        assert work.desk.rows(["C-2", "C-9", "C-2\0"]) == {"C-2": odd}
        assert [row.complaint for row in work.desk.all_rows()] == ["C-1", "C-2", "C-3", "C-4"]

        def ids(**asked: object) -> list[str]:
            where = QueueFilter(**asked)  # type: ignore[arg-type] # each test names fields and values that fit
            page = work.desk.page(where, None, 10)
            assert len(page) == work.desk.count(where)
            return [row.complaint for row in page]

        assert ids() == ["C-3", "C-4", "C-1", "C-2"]
        assert ids(state="open") == ["C-3", "C-4", "C-1"]
        assert (
            ids(channel="微\0信\\") == ids(product="P") == ids(assigned_to="ann") == ids(merit_decided=True) == ["C-2"]
        )
        assert ids(due_before=DAY) == ["C-4"]
        assert ids(unassigned=True) == ids(received_before=later(60)) == ["C-3", "C-4", "C-1"]
        assert ids(unassigned=False) == ids(received_from=later(60)) == ids(received_from=later(59)) == ["C-2"]
        assert ids(received_from=NOON, received_before=later(1)) == ["C-3", "C-4", "C-1"]
        assert ids(welfare=True) == ["C-3"]
        assert ids(reopened=True) == ["C-2"]
        assert ids(welfare=False, merit_decided=False) == ["C-4", "C-1"]
        assert ids(ids=("C-1", "C-3", "C-8", "\0", "\ud800")) == ["C-3", "C-1"]
        assert ids(ids=()) == []
        assert ids(state="open\0") == ids(state="\ud800") == []


def pages_follow_each_other(store: Store) -> None:
    """Going from page to page gives every row once, in the queue's order, also when deadlines tie."""
    rows = [made.desk_row(f"C-{n:02}", welfare=n % 5 == 0, nearest=date(2026, 3, 1 + n * 7 % 4)) for n in range(23)]
    with store.write() as work:
        work.desk.put_rows(rows)
    wanted = [row.complaint for row in sorted(rows, key=lambda row: (not row.welfare, row.nearest, row.complaint))]
    with store.read() as work:
        for limit in (1, 4, 23, 50):
            seen: list[DeskRow] = []
            after = None
            while page := work.desk.page(QueueFilter(), after, limit):
                seen += page
                after = (page[-1].welfare, page[-1].nearest, page[-1].complaint)
            assert [row.complaint for row in seen] == wanted
        assert work.desk.page(QueueFilter(), (False, DAY, "C\0\ud800"), 5) == []


def assessments_pile_up(store: Store) -> None:
    """The newest counts; the same one again becomes newest; erasing empties all of a complaint's."""
    with store.write() as work:
        work.desk.put_assessments([made.assessment("A-1", "C-1"), made.assessment("A-2", "C-2", label="insufficient")])
        work.desk.put_assessments([made.assessment("A-3", "C-1", label="insufficient", campaign="F-1", group="G-1")])
        work.desk.put_assessments([])
    with store.read() as work:
        assert work.desk.assessments(["C-1", "C-2", "C-3"]) == {
            "C-1": made.assessment("A-3", "C-1", label="insufficient", campaign="F-1", group="G-1"),
            "C-2": made.assessment("A-2", "C-2", label="insufficient"),
        }
        assert work.desk.labels() == {"insufficient": 2}
        assert [one.id for one in work.desk.newest_assessments()] == ["A-2", "A-3"]
    with store.write() as work:
        again = made.assessment("A-1", "C-1", wrapped=b"another key", body=b"the same, sealed anew")
        work.desk.put_assessments([again])
        assert work.desk.assessments(["C-1"]) == {"C-1": again}
        assert work.desk.labels() == {"insufficient": 1, "ordinary": 1}
        assert work.desk.erase_assessments(["C-1", "C-7"]) == 2
        assert work.desk.erase_assessments(["C-1"]) == 0
        assert work.desk.assessments(["C-1"]) == {"C-1": replace(again, wrapped=b"", body=b"")}


def decisions_and_papers_stay_in_order(store: Store) -> None:
    """Nothing is overwritten; every field comes back."""
    first = made.decision("D-2", "C-1", second="bo", clause="a@b:1", reason="\ud800 \\0 \0")
    undo = made.decision(
        "D-1", "C-1", at=later(-5), undoes="D-2", stage=Stage.CONCLUSION, grievances=(), confirms="D-2"
    )
    paper = made.clock_event(approver_rank="head", notified_at=later(4), new_passage="新事实")
    other = made.clock_event(
        kind=ClockEventKind.MEDIATION,
        document=None,
        until=DAY,
        contacted_first_by="consumer",
        channel="电话",
        offered="无",
        matter="petition",
    )
    with store.write() as work:
        work.desk.put_decision(first)
        work.desk.put_decision(undo)
        work.desk.put_decision(made.decision("D-3", "C-2"))
        with refused(OutOfOrder):
            work.desk.put_decision(made.decision("D-3", "C-2"))
        work.desk.put_clock_event("C-1", paper, 8)
        work.desk.put_clock_event("C-2", paper, 7)
        work.desk.put_clock_event("C-1", other, 9)
    with store.read() as work:
        assert list(work.desk.decisions("C-1")) == [first, undo]
        assert list(work.desk.decisions("C-9\0")) == []
        assert work.desk.clock_events(["C-1", "C-3"]) == {"C-1": (paper, other)}
        assert list(work.desk.all_decisions()) == [first, undo, made.decision("D-3", "C-2")]
        assert list(work.desk.all_clock_events()) == [("C-1", 8, paper), ("C-2", 7, paper), ("C-1", 9, other)]
    with store.write() as work:
        assert work.desk.erase_papers(["C-1", "C-7"]) == 2
        assert work.desk.erase_papers(["C-1"]) == work.desk.erase_papers([]) == 0
    with store.read() as work:
        blank = replace(paper, new_passage=None), replace(other, offered=None)
        assert work.desk.clock_events(["C-1", "C-2"]) == {"C-1": blank, "C-2": (paper,)}


def families_are_replaced_whole(store: Store) -> None:
    """Memberships, members, families and least similarities agree; sketches are replaced and forgotten one by one."""
    with store.write() as work:
        work.campaigns.replace_families([made.member("C-9", "F-9")], {"F-9": 1})
        rows = [
            made.member("C-3", "F-1"),
            made.member("C-1", "F-1", representative=True),
            made.member("C-2", "F-2"),
            made.member("C-4", "F-1"),
        ]
        work.campaigns.replace_families(rows, {"F-1": 812_345, "F-2": 1_000_000})
        work.campaigns.put_sketches([made.sketch("C-2"), made.sketch("C-1"), made.sketch("C-3", b"")])
        work.campaigns.put_sketches([made.sketch("C-1", b"new")])
        work.campaigns.forget(["C-3", "C-8"])
    with store.read() as work:
        assert work.campaigns.memberships(["C-1", "C-3", "C-9"]) == {"C-1": rows[1]}
        assert list(work.campaigns.members("F-1")) == [rows[1], rows[3]]
        assert work.campaigns.families() == {"F-1": ("C-1", "C-4"), "F-2": ("C-2",)}
        assert work.campaigns.similarity_min(["F-1", "F-9"]) == {"F-1": 812_345}
        assert list(work.campaigns.sketches()) == [made.sketch("C-1", b"new"), made.sketch("C-2")]
        assert work.campaigns.sketches_of(["C-2", "C-3", "C-9"]) == {"C-2": made.sketch("C-2")}
        assert work.campaigns.sketches_of([]) == {}


def memberships_change_one_by_one(store: Store) -> None:
    """A membership put or dropped leaves the others; a family's least similarity is replaced alone."""
    one, other = made.member("C-1", "F-1"), made.member("C-2", "F-1")
    with store.write() as work:
        work.campaigns.replace_families([one, other], {"F-1": 5, "F-2": 6})
        work.campaigns.put_memberships([made.member("C-1", "F-2"), made.member("C-3", "F-1")])
        work.campaigns.put_memberships([])
        work.campaigns.drop_memberships(["C-2", "C-9"])
        work.campaigns.drop_memberships([])
        work.campaigns.put_similarity("F-1", 4)
        work.campaigns.put_similarity("F-3", 7)
    with store.read() as work:
        assert work.campaigns.families() == {"F-1": ("C-3",), "F-2": ("C-1",)}
        assert work.campaigns.similarity_min(["F-1", "F-2", "F-3"]) == {"F-1": 4, "F-2": 6, "F-3": 7}
        assert work.campaigns.standing(["C-3", "C-2"], "F-1") == ({"C-3": made.member("C-3", "F-1")}, 4)
        assert work.campaigns.standing([], "F-9") == ({}, None)


def judgements_are_kept_in_order(store: Store) -> None:
    """What people said of families comes back oldest first, in whatever order its ids are."""
    with store.write() as work:
        work.campaigns.add_judgement("J-2", b"first")
        work.campaigns.add_judgement("J-1", b"\x00second")
    with store.write() as work:
        work.campaigns.add_judgement("J-0", b"")
    with store.read() as work:
        assert list(work.campaigns.judgements()) == [b"first", b"\x00second", b""]


def heads_are_found_by_what_they_are_posted_under(store: Store) -> None:
    """Heads by number, by complaint and in order; postings by hash, of any 64 bits; empty ones are gone."""
    low, high = -(2**63), 2**63 - 1
    with store.write() as work:
        assert work.heads.last_head() == 0
        work.heads.put_heads([made.head(7, "C-7"), made.head(3, "C-3", family="F-1", texts=2)])
        work.heads.put_heads([made.head(7, "C-8", least=1), made.head(9, "C-9")])
        work.heads.drop_heads([9, 10])
        work.heads.put_postings(
            [Posting(hash=high, families=b"ab", lone=b""), Posting(hash=low, families=b"", lone=b"c")]
        )
        work.heads.put_postings([Posting(hash=0, families=b"x", lone=b""), Posting(hash=high, families=b"", lone=b"d")])
        work.heads.put_postings([Posting(hash=0, families=b"", lone=b""), Posting(hash=1, families=b"", lone=b"")])
    with store.read() as work:
        three, seven = made.head(3, "C-3", family="F-1", texts=2), made.head(7, "C-8", least=1)
        assert work.heads.heads([3, 9, 12]) == {3: three}
        assert work.heads.heads_of(["C-7", "C-8"]) == {"C-8": seven}
        assert list(work.heads.all_heads()) == [three, seven]
        assert work.heads.last_head() == 7
        assert list(work.heads.postings([high, 0, low, 5, low])) == [
            Posting(hash=low, families=b"", lone=b"c"),
            Posting(hash=high, families=b"", lone=b"d"),
        ]
        assert list(work.heads.postings([])) == []
        assert (work.heads.heads([]), work.heads.heads_of([])) == ({}, {})


def a_new_text_is_met_by_what_was_just_put(store: Store) -> None:
    """What single questions answer is answered at once, in the transaction that put it too; heads come with their texts."""
    low, mine = -(2**63), made.place("C-1", 4, digest="bb")
    with store.write() as work:
        nothing = work.heads.meet("C-1\0", "bb", [])
        assert (nothing.place, nothing.twin, list(nothing.postings), nothing.last_head) == (None, None, [], 0)
        work.heads.put_places([mine, made.place("C-0", 3)])
        work.heads.put_heads([made.head(4, "C-1", family="F-1"), made.head(3, "C-0"), made.head(4, "C-1")])
        work.heads.put_postings(
            [Posting(hash=low, families=b"a", lone=b""), Posting(hash=5, families=b"", lone=b"\0c")]
        )
        work.campaigns.put_sketches([made.sketch("C-1"), made.sketch("C-2")])
        met = work.heads.meet("C-0", "bb", [5, 1, low, 5])
    with store.read() as work:
        assert met == work.heads.meet("C-0", "bb", [5, 1, low, 5])
        assert (met.place, met.twin, met.last_head) == (made.place("C-0", 3), mine, 4)
        assert list(met.postings) == list(work.heads.postings([5, 1, low]))
        assert [row.hash for row in met.postings] == [low, 5]
        assert work.heads.meet("C-2", "zz", [1]).twin is None
        assert work.heads.with_texts([4, 3, 9]) == {4: (made.head(4, "C-1"), made.sketch("C-1"))}
        assert work.heads.with_texts([]) == {}


def of_many_rows_the_later_wins(store: Store) -> None:
    """Hundreds at once, some held already, some twice; then all postings stream by hash."""
    with store.write() as work:
        work.heads.put_postings([Posting(hash=n, families=b"old", lone=b"") for n in range(0, 2_000, 3)])
        rows = [Posting(hash=-n, families=b"", lone=bytes([n % 7])) for n in range(1_500)]
        work.heads.put_postings([*rows, *(Posting(hash=n, families=b"new", lone=b"") for n in range(0, 900, 9))])
        work.campaigns.put_sketches([made.sketch(f"C-{n % 300:03}", bytes([n % 7])) for n in range(900)])
        expected = {n: (b"old", b"") for n in range(0, 2_000, 3)} | {-n: (b"", bytes([n % 7])) for n in range(1_500)}
        expected |= {n: (b"new", b"") for n in range(0, 900, 9)}
        streamed = [(row.hash, (row.families, row.lone)) for row in work.heads.all_postings()]
        assert streamed == sorted(expected.items())
        texts = work.campaigns.sketches()
        assert [(row.complaint, row.hashes) for row in texts] == [
            (f"C-{n:03}", bytes([(n + 600) % 7])) for n in range(300)
        ]


def places_are_found_by_head_and_by_text(store: Store) -> None:
    """Places by complaint, at a head (all, or those that hold little), and the first with a very text."""
    rows = [made.place("C-2", 1, held=3), made.place("C-1", 1, held=5, digest="bb"), made.place("C-3", 2, digest="bb")]
    with store.write() as work:
        work.heads.put_places(rows)
        work.heads.put_places([made.place("C-4", 1), made.place("C-5", 1)])
        work.heads.put_places([made.place("C-4", 1, held=4)])
        work.heads.drop_places(["C-5", "C-9"])
        work.heads.drop_places([])
    with store.read() as work:
        assert work.heads.places(["C-2", "C-5"]) == {"C-2": rows[0]}
        assert work.heads.places([]) == {}
        assert [one.complaint for one in work.heads.placed(1)] == ["C-1", "C-2", "C-4"]
        assert [one.complaint for one in work.heads.placed(1, 5)] == ["C-2", "C-4"]
        assert work.heads.twin("bb") == rows[1]
        assert work.heads.twin("cc") is None


def summaries_are_replaced_by_kind(store: Store) -> None:
    """One kind never touches another; what is added leaves the rest."""
    with store.write() as work:
        work.summaries.replace("tie", [("C-2", b"old"), ("C-1", b"one")])
        work.summaries.replace("group", [("C-1", b"\x00group")])
        work.summaries.replace("tie", [("C-3", b"three"), ("C-1", b"new")])
    with store.read() as work:
        assert work.summaries.get("tie", ["C-1", "C-2"]) == {"C-1": b"new"}
        assert list(work.summaries.all("tie")) == [("C-1", b"new"), ("C-3", b"three")]
        assert list(work.summaries.all("group")) == [("C-1", b"\x00group")]
        assert list(work.summaries.all("campaign")) == []
    with store.write() as work:
        work.summaries.add("tie", [("C-2", b"two"), ("C-1", b"newer")])
        work.summaries.add("tie", [])
    with store.read() as work:
        assert list(work.summaries.all("tie")) == [("C-1", b"newer"), ("C-2", b"two"), ("C-3", b"three")]
        assert list(work.summaries.all("group")) == [("C-1", b"\x00group")]
        assert work.summaries.last("tie") == "C-3"
        assert work.summaries.last("campaign") is None


def summaries_are_found_by_how_they_begin(store: Store) -> None:
    """By id, at most so many of each start, of one kind; some can be forgotten."""
    with store.write() as work:
        work.summaries.add("at", [("p a1 C-2", b"2"), ("p a1 C-1", b"1"), ("p a10 C-3", b"3"), ("p a1!", b"4")])
        work.summaries.add("on", [("p a1 C-9", b"9")])
    with store.read() as work:
        found = work.summaries.starting("at", ["p a1 ", "p a10 ", "q ", "p a1 "], 5)
        assert found == {"p a1 ": [("p a1 C-1", b"1"), ("p a1 C-2", b"2")], "p a10 ": [("p a10 C-3", b"3")], "q ": []}
        assert work.summaries.starting("at", ["p "], 1) == {"p ": [("p a1 C-1", b"1")]}
        assert work.summaries.starting("at", [], 1) == {}
    with store.write() as work:
        work.summaries.drop("at", ["p a1 C-1", "p a10 C-3", "nothing"])
        work.summaries.drop("at", [])
    with store.read() as work:
        assert [id_ for id_, _ in work.summaries.all("at")] == ["p a1 C-2", "p a1!"]
        assert work.summaries.get("on", ["p a1 C-9"]) == {"p a1 C-9": b"9"}


def search_finds_chinese_words(store: Store) -> None:
    """Two characters, one, many, across scripts; every word must be held; the densest text comes first, then by id."""
    with store.write() as work:
        work.search.put(
            [
                ("C-1", "我要退保，请退还手续费 ABC-123"),
                ("C-2", "退保退保退保"),
                ("C-3", "退。保。abc 123"),
                ("C-4", "ＡＢＣ公司 café ИНН\0\ud800 𠀀𠀁"),
                ("C-5", "手续费用"),
            ]
        )
    with store.read() as work:

        def found(words: str, limit: int = 9) -> list[str]:
            return list(work.search.find(words, limit))

        assert found("退保") == ["C-2", "C-1"]
        assert found("退保", 1) == ["C-2"]
        assert found("退保", 0) == []
        assert found("手续费") == ["C-5", "C-1"]
        assert found("费") == ["C-5", "C-1"]
        assert sorted(found("保")) == ["C-1", "C-2", "C-3"]
        assert found("手续费 退保") == ["C-1"]
        assert found("退保手续费") == []
        assert sorted(found("abc")) == ["C-1", "C-3", "C-4"]
        assert found("ab") == []
        assert found("CAFÉ инн") == found("𠀀𠀁") == found("𠀁") == ["C-4"]
        assert found("") == found("，。 -") == found("\0") == []
        assert found("""退" OR '保) NEAR(""") == []


def search_rows_are_replaced_and_forgotten(store: Store) -> None:
    """Putting again replaces, removing forgets; a very long text is held whole."""
    long = "".join(chr(0x4E00 + n * n % 9_000) for n in range(90_000)) + "最后的词"
    with store.write() as work:
        work.search.put([("C-1", "退保"), ("C-2", "退保"), ("C-1", "利息")])
        work.search.put([("C-3", long + " " + "x" * 5_000)])
    with store.write() as work:
        assert list(work.search.find("退保", 9)) == ["C-2"]
        assert list(work.search.find("利息", 9)) == ["C-1"]
        assert list(work.search.find("最后的词", 9)) == list(work.search.find("x" * 5_000, 9)) == ["C-3"]
        work.search.put([("C-2", "利息")])
        work.search.remove(["C-1", "C-7"])
        work.search.remove([])
    with store.read() as work:
        assert list(work.search.find("退保", 9)) == []
        assert list(work.search.find("利息", 9)) == ["C-2"]


def accounts_and_tokens_come_back(store: Store) -> None:
    """Every field; by name; a token can be dropped once."""
    bo = made.person("bo", roles=("handler", "admin"), reports_to="ann", failures=2, locked_until=later(60))
    bo = replace(bo, password=made.digest("password"))
    with store.write() as work:
        work.accounts.put(made.person("bo"))
        work.accounts.put(bo)
        work.accounts.put(made.person("安娜\\", roles=(), disabled=True))
        work.accounts.put(made.person("Ann"))
        work.accounts.put_token(made.token("one"))
        work.accounts.put_token(made.token("two", account="bo"))
        assert work.accounts.drop_token(made.token("two").digest)
        assert not work.accounts.drop_token(made.token("two").digest)
    with store.read() as work:
        assert work.accounts.get("bo") == bo
        assert work.accounts.get("bo\0") is None
        assert [one.name for one in work.accounts.all()] == ["Ann", "bo", "安娜\\"]
        assert work.accounts.token(made.token("one").digest) == made.token("one")
        assert work.accounts.token("nothing\0") is None


def a_job_is_leased_retried_and_ended(store: Store) -> None:
    """Due ones by age; one open job a key; a lease that ran out is given again; what ended stays ended and visible."""
    with store.write() as work:
        assert work.jobs.add("assess", "k1", b"\x00payload", later(5))
        assert work.jobs.add("assess", "k2", b"", NOON)
        assert not work.jobs.add("other", "k1", b"", NOON)
        assert work.jobs.lease(later(-1), later(60)) is None
        first = work.jobs.lease(later(5), later(65))
        assert first is not None
        assert (first.key, first.attempts, first.leased_until, first.state) == ("k2", 1, later(65), "open")
        second = work.jobs.lease(later(6), later(66))
        assert second is not None
        assert (second.key, second.payload, second.due_at) == ("k1", b"\x00payload", later(5))
        assert work.jobs.lease(later(64), later(99)) is None
        again = work.jobs.lease(later(65), later(99))
        assert again is not None
        assert (again.id, again.attempts) == (first.id, 2)
        work.jobs.retry(first.id, later(200), "no\0luck")
        assert work.jobs.lease(later(65), later(99)) is None
        work.jobs.done(second.id)
        assert work.jobs.add("assess", "k1", b"", later(300))
        work.jobs.retry(second.id, NOON, "too late: it is done")
        with refused(NotFound):
            work.jobs.done(99)
    with store.write() as work:
        third = work.jobs.lease(later(200), later(260))
        assert third is not None
        assert (third.key, third.error, third.attempts) == ("k2", "no\0luck", 3)
        work.jobs.fail(third.id, "gave up")
        states = [(job.key, job.state, job.error) for job in work.jobs.all()]
        assert states == [("k1", "open", None), ("k2", "failed", "gave up"), ("k1", "done", None)]


def two_workers_never_hold_one_job(store: Store) -> None:
    """Four threads lease until nothing is left: every job once."""
    with store.write() as work:
        for n in range(40):
            work.jobs.add("assess", f"k{n}", b"", later(n))
    taken: list[int] = []

    def worker() -> None:
        while True:
            with store.write() as work:
                job = work.jobs.lease(later(99), later(999))
            if job is None:
                return
            taken.append(job.id)

    in_threads(4, worker)
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 40


def threads_append_to_one_chain(store: Store) -> None:
    """Who reads the tail appends after it, however many do so at once."""

    def act() -> None:
        for _ in range(8):
            with store.write() as work:
                tail = work.chains.tail("access")
                work.chains.append(made.link("access", tail.seq + 1 if tail else 1))

    in_threads(4, act)
    with store.read() as work:
        assert [one.seq for one in work.chains.read("access")] == list(range(1, 33))


def in_threads(count: int, run: Callable[[], None]) -> None:
    """Run in so many threads at once; the first failure is raised here."""
    failures: list[BaseException] = []

    def watched() -> None:
        try:
            run()
        except BaseException as failure:  # noqa: BLE001 -- reason: raised again in the test's own thread
            failures.append(failure)

    threads = [threading.Thread(target=watched) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


DESK = (
    queue_rows_are_replaced_and_counted,
    pages_follow_each_other,
    assessments_pile_up,
    decisions_and_papers_stay_in_order,
    families_are_replaced_whole,
    judgements_are_kept_in_order,
    memberships_change_one_by_one,
    heads_are_found_by_what_they_are_posted_under,
    of_many_rows_the_later_wins,
    a_new_text_is_met_by_what_was_just_put,
    places_are_found_by_head_and_by_text,
    summaries_are_replaced_by_kind,
    summaries_are_found_by_how_they_begin,
    search_finds_chinese_words,
    search_rows_are_replaced_and_forgotten,
    accounts_and_tokens_come_back,
    a_job_is_leased_retried_and_ended,
    two_workers_never_hold_one_job,
    threads_append_to_one_chain,
)
