"""What every store promises of facts and chains: versions are kept, the latest is found, nothing half is ever seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone

from mingcha.actions.ports.store import Store
from mingcha.errors import InputError, MingchaError, OutOfOrder
from mingcha.testing import stored as made
from mingcha.testing.stored import NOON, later, record


@contextmanager
def refused(error: type[MingchaError]) -> Iterator[None]:
    """The block raises this error of the trade."""
    try:
        yield
    except error:
        return
    raise AssertionError(f"{error.__name__} was expected")


def versions_are_kept_and_the_latest_is_found(store: Store) -> None:
    """Heads and scans give latest versions, in order of seq; seqs rise from 1."""
    with store.write() as work:
        work.records.put([record("C-1"), record("C-2"), record("P-1", kind="customers")], NOON)
        work.records.put([record("C-1", 2)], later(1))
    with store.read() as work:
        heads = work.records.heads("complaints", ["C-1", "C-2", "C-3", "P-1", "C-1", "C-1\0", "\ud800"])
        assert {id_: (one.seq, one.version) for id_, one in heads.items()} == {"C-1": (4, 2), "C-2": (2, 1)}
        assert heads["C-2"].body == record("C-2").body
        assert heads["C-1"].recorded_at == later(1)
        assert [one.id for one in work.records.scan("complaints")] == ["C-2", "C-1"]
        assert [one.id for one in work.records.scan("complaints", after_seq=2)] == ["C-1"]
        assert [(one.id, one.version) for one in work.records.scan("complaints", as_of=3)] == [("C-1", 1), ("C-2", 1)]
        versions = [(one.id, one.version) for one in work.records.history("complaints")]
        assert versions == [("C-1", 1), ("C-2", 1), ("C-1", 2)]
        assert work.records.counts() == {"complaints": 2, "customers": 1}
        assert work.records.held(["complaints", "customers", "calls"]) == {"complaints", "customers"}
        assert work.records.last_seq() == 4
        assert work.records.heads("complaints", []) == {}


def a_kept_version_is_never_replaced(store: Store) -> None:
    """The same version, an older one, or another kind under the id is refused, and nothing of that put stays."""
    with store.write() as work:
        work.records.put([record("C-1", 1), record("C-1", 2)], NOON)
    for bad in (record("C-1", 2), record("C-1", 1), record("C-1", 3, kind="customers")):
        with store.write() as work:
            with refused(OutOfOrder):
                work.records.put([record("C-9"), bad], NOON)
            assert work.records.last_seq() == 2
    with store.write() as work, refused(OutOfOrder):
        work.records.put([record("C-3"), record("C-3")], NOON)
    with store.read() as work:
        assert [one.version for one in work.records.scan("complaints")] == [2]


def tokens_find_latest_versions_only(store: Store) -> None:
    """A token of an older version finds nothing; a record found twice comes once."""
    with store.write() as work:
        work.records.put(
            [
                record("C-1", tokens=(("filer_phone", "H1"), ("customer_id", "P-1"), ("filer_phone", "H1"))),
                record("C-2", tokens=(("filer_phone", "H1"), ("filer_phone", "H2"))),
                record("L-1", kind="calls", tokens=(("filer_phone", "H1"),)),
            ],
            NOON,
        )
        work.records.put([record("C-1", 2, tokens=(("filer_phone", "H3"),))], NOON)
    with store.read() as work:

        def found(field: str, *tokens: str) -> list[str]:
            return [one.id for one in work.records.by_token("complaints", field, tokens)]

        assert found("filer_phone", "H1", "H2") == ["C-2"]
        assert found("filer_phone", "H3", "H1") == ["C-2", "C-1"]
        assert found("customer_id", "P-1") == []
        assert found("no_such_field", "H1") == []
        assert found("filer_phone") == []
        assert list(work.records.tokens("complaints", ["filer_phone", "customer_id"])) == [
            ("C-2", "filer_phone", "H1"),
            ("C-2", "filer_phone", "H2"),
            ("C-1", "filer_phone", "H3"),
        ]
        assert list(work.records.tokens("complaints", [])) == []
        assert list(work.records.tokens("calls", ["filer_phone"])) == [("L-1", "filer_phone", "H1")]


def equal_texts_are_found_by_digest(store: Store) -> None:
    """Complaints alone, latest versions alone."""
    with store.write() as work:
        work.records.put(
            [
                record("C-2", text_digest="aa"),
                record("C-1", text_digest="aa"),
                record("C-3", text_digest="bb"),
                record("D-1", kind="ads", text_digest="aa"),
            ],
            NOON,
        )
        work.records.put([record("C-3", 2, text_digest="cc")], NOON)
    with store.read() as work:
        assert work.records.by_text(["aa", "bb", "cc", "dd"]) == {"aa": ("C-1", "C-2"), "cc": ("C-3",)}


def batches_keep_their_order_and_commitments(store: Store) -> None:
    """Batches oldest first; commitments in order of seq, old versions too."""
    with store.write() as work:
        work.records.put([record("C-2", batch="b-9"), record("C-1", batch="b-9")], NOON)
        work.records.put([record("C-1", 2, batch="b-9"), record("C-3", batch="b-1")], NOON)
        work.records.put_batch(made.batch("b-9", file_name="坏\0名\\字\ud800.csv"), later(2))
        work.records.put_batch(made.batch("b-1"), later(1))
        with refused(OutOfOrder):
            work.records.put_batch(made.batch("b-1"), later(3))
    with store.read() as work:
        kept = work.records.batches()
        assert [one.id for one in kept] == ["b-9", "b-1"]
        assert kept[0].file_name == "坏\0名\\字\ud800.csv"
        assert work.records.commitments("b-9") == [
            record("C-2").commitment,
            record("C-1").commitment,
            record("C-1", 2).commitment,
        ]
        assert work.records.commitments("b-0") == []


def erasing_destroys_every_version(store: Store) -> None:
    """Keys, bodies and tokens go; the row, its digests and its commitment stay; a second time there is nothing left."""
    with store.write() as work:
        work.records.put([record("C-1", text_digest="aa", tokens=(("filer_phone", "H1"),)), record("C-2")], NOON)
        work.records.put([record("C-1", 2, text_digest="aa", tokens=(("filer_phone", "H1"),))], NOON)
    with store.write() as work:
        assert work.records.erase(["C-1", "C-1", "C-7"], later(1)) == 2
        assert work.records.erase(iter(["C-1"]), later(2)) == 0
        assert work.records.erase([], later(2)) == 0
    with store.read() as work:
        latest = work.records.heads("complaints", ["C-1"])["C-1"]
        assert (latest.wrapped, latest.body, latest.version) == (b"", b"", 2)
        assert (latest.row_digest, latest.text_digest) == (record("C-1", 2).row_digest, "aa")
        assert [one.wrapped for one in work.records.scan("complaints", as_of=2)] == [b"", record("C-2").wrapped]
        assert work.records.by_token("complaints", "filer_phone", ["H1"]) == []
        assert list(work.records.tokens("complaints", ["filer_phone"])) == []
        assert work.records.by_text(["aa"]) == {}
        assert work.records.counts() == {"complaints": 2}
        assert len(work.records.commitments("batch-1")) == 3


def long_streams_come_whole(store: Store) -> None:
    """More than a page of records, tokens, links and sketches; what is put meanwhile does not disturb a scan."""
    ids = [f"C-{n:05}" for n in range(2_500)]
    odd = "源\t\n\\N\\\0\ud800"
    with store.write() as work:
        rows = [record(id_, source_system=odd, tokens=(("filer_phone", f"H{id_}"),)) for id_ in ids]
        work.records.put(rows, NOON)
        work.campaigns.put_sketches([made.sketch(id_) for id_ in reversed(ids)])
        work.summaries.replace("tie", [(id_, id_.encode()) for id_ in reversed(ids)])
    with store.write() as work:
        seen = []
        for one in work.records.scan("complaints"):
            if one.seq in (1, 1_500):
                work.records.put([record(one.id, 2), record("C-x", one.seq)], NOON)
            seen.append((one.id, one.version))
        assert seen == [(id_, 1) for id_ in ids]
        assert {one.source_system for one in work.records.heads("complaints", ids[2:]).values()} == {odd, "ledger"}
        assert [one.complaint for one in work.campaigns.sketches()] == ids
        assert [id_ for id_, _ in work.summaries.all("tie")] == ids
        assert len(list(work.records.tokens("complaints", ["filer_phone"]))) == 2_498


def times_need_a_zone_and_come_back_equal(store: Store) -> None:
    """Any zone goes in, the same moment comes back in UTC, to the microsecond; a naive time is refused, and one that could not be given back."""
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    with store.write() as work:
        work.records.put([record("C-1")], shanghai)
        work.desk.put_rows([made.desk_row("C-1", received_at=datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))])
        with refused(InputError):
            work.records.put([record("C-2")], NOON.replace(tzinfo=None))
        with refused(InputError):
            work.desk.put_rows([made.desk_row("C-2", received_at=NOON.replace(tzinfo=None))])
        for edge in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59+00:00"):
            with refused(InputError):
                work.records.put([record("C-2")], datetime.fromisoformat(edge))
            with refused(InputError):
                work.desk.put_rows([made.desk_row("C-2", received_at=datetime.fromisoformat(edge))])
            with refused(InputError):
                work.ads.put_items([made.ad_item("AD-EDGE", first_seen=datetime.fromisoformat(edge))])
    with store.read() as work:
        at = work.records.heads("complaints", ["C-1"])["C-1"].recorded_at
        assert (at, at.utcoffset()) == (shanghai, timedelta(0))
        assert work.desk.rows(["C-1"])["C-1"].received_at == datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def chains_follow_their_tail(store: Store) -> None:
    """1, 2, 3 … in each chain apart; anything else is refused."""
    with store.write() as work:
        assert work.chains.tail("custody") is None
        for chain, seq in (("custody", 1), ("access", 1), ("custody", 2)):
            work.chains.append(made.link(chain, seq))
        for seq in (0, 2, 4):
            with refused(OutOfOrder):
                work.chains.append(made.link("custody", seq))
        work.chains.append(made.link("custody", 3))
    with store.read() as work:
        assert work.chains.tail("custody") == made.link("custody", 3)
        assert list(work.chains.read("custody")) == [made.link("custody", seq) for seq in (1, 2, 3)]
        assert [one.seq for one in work.chains.read("custody", after=2)] == [3]
        marks = [(one.chain, one.seq, one.at, one.hash) for one in work.chains.marks("custody", 2)]
        assert marks == [(one.chain, one.seq, one.at, one.hash) for one in (made.link("custody", n) for n in (1, 2))]
        assert [one.seq for one in work.chains.marks("custody", 9)] == [1, 2, 3]
        assert list(work.chains.read("decisions")) == []
        assert work.chains.names() == ("access", "custody")


def a_raise_leaves_nothing(store: Store) -> None:
    """A transaction is kept whole or not at all, whatever ports it touched."""
    with store.write() as work:
        work.records.put([record("C-1")], NOON)
    try:
        with store.write() as work:
            work.records.put([record("C-1", 2, tokens=(("a_new_field", "H1"),)), record("C-2")], NOON)
            work.desk.put_rows([made.desk_row("C-2")])
            work.chains.append(made.link("custody", 1))
            work.search.put([("C-2", "退保")])
            work.jobs.add("assess", "all", b"", NOON)
            raise KeyError("stop")
    except KeyError:
        pass
    with store.write() as work:
        assert [(one.id, one.version) for one in work.records.scan("complaints")] == [("C-1", 1)]
        assert work.desk.rows(["C-2"]) == {}
        assert work.chains.names() == ()
        assert list(work.search.find("退保", 9)) == []
        assert list(work.jobs.all()) == []
        work.records.put([record("C-2", tokens=(("other_field", "H1"),))], NOON)
    with store.read() as work:
        assert [one.id for one in work.records.by_token("complaints", "other_field", ["H1"])] == ["C-2"]


def a_view_is_as_of_its_start(store: Store) -> None:
    """What is written after a view was opened is not in it; a writer does not wait for readers."""
    with store.read() as view:
        with store.write() as work:
            work.records.put([record("C-1")], NOON)
        assert view.records.last_seq() == 0
        with store.read() as newer:
            assert newer.records.last_seq() == 1
        assert view.records.heads("complaints", ["C-1"]) == {}


def a_view_cannot_be_written_through(store: Store) -> None:
    """Every way of writing is refused in a view, and a transaction that is over is of no use."""
    with store.read() as view:
        for write in (
            lambda: view.records.put([record("C-1")], NOON),
            lambda: view.records.put([], NOON),
            lambda: view.records.put_batch(made.batch("b"), NOON),
            lambda: view.records.erase(["C-1"], NOON),
            lambda: view.desk.put_rows([made.desk_row("C-1")]),
            lambda: view.desk.put_assessments([made.assessment("A-1", "C-1")]),
            lambda: view.desk.erase_assessments(["C-1"]),
            lambda: view.desk.erase_papers(["C-1"]),
            lambda: view.desk.put_decision(made.decision("D-1", "C-1")),
            lambda: view.desk.put_clock_event("C-1", made.clock_event(), 1),
            lambda: view.chains.append(made.link("custody", 1)),
            lambda: view.campaigns.put_sketches([made.sketch("C-1")]),
            lambda: view.campaigns.forget(["C-1"]),
            lambda: view.campaigns.replace_families([], {}),
            lambda: view.campaigns.put_memberships([]),
            lambda: view.campaigns.drop_memberships(["C-1"]),
            lambda: view.campaigns.put_similarity("F-1", 1),
            lambda: view.heads.put_heads([made.head(1, "C-1")]),
            lambda: view.heads.drop_heads([1]),
            lambda: view.heads.put_postings([]),
            lambda: view.heads.put_places([made.place("C-1", 1)]),
            lambda: view.heads.drop_places(["C-1"]),
            lambda: view.summaries.replace("tie", []),
            lambda: view.summaries.add("tie", []),
            lambda: view.summaries.drop("tie", []),
            lambda: view.search.put([("C-1", "x")]),
            lambda: view.search.remove(["C-1"]),
            lambda: view.accounts.put(made.person("ann")),
            lambda: view.accounts.put_token(made.token("t")),
            lambda: view.accounts.drop_token("t"),
            lambda: view.jobs.add("assess", "all", b"", NOON),
            lambda: view.jobs.lease(NOON, later(60)),
            lambda: view.jobs.done(1),
        ):
            with refused(OutOfOrder):
                write()
        assert view.records.last_seq() == 0
    with refused(OutOfOrder):
        view.records.last_seq()
    with store.write() as work:
        pass
    with refused(OutOfOrder):
        work.records.put([record("C-1")], NOON)


def a_thread_writes_once_at_a_time(store: Store) -> None:
    """A transaction inside another would wait for itself for ever: it is refused; a view inside sees what is committed."""
    with store.write() as work:
        work.records.put([record("C-1")], NOON)
        with refused(OutOfOrder), store.write():
            pass
        with store.read() as view:
            assert view.records.last_seq() == 0
    with store.write() as work:
        assert work.records.last_seq() == 1


FACTS = (
    versions_are_kept_and_the_latest_is_found,
    a_kept_version_is_never_replaced,
    tokens_find_latest_versions_only,
    equal_texts_are_found_by_digest,
    batches_keep_their_order_and_commitments,
    erasing_destroys_every_version,
    long_streams_come_whole,
    times_need_a_zone_and_come_back_equal,
    chains_follow_their_tail,
    a_raise_leaves_nothing,
    a_view_is_as_of_its_start,
    a_view_cannot_be_written_through,
    a_thread_writes_once_at_a_time,
)
