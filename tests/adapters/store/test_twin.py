"""Any sequence of port calls on SQLite gives what it gives in memory, the slow and obviously right twin."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingcha.actions.ports.store import Work
from mingcha.adapters.store import open_memory, open_sqlite
from mingcha.errors import MingchaError
from mingcha.model.family import Posting
from mingcha.model.stored import QueueFilter
from mingcha.testing import stored as made
from mingcha.testing.stored import DAY, later

Call = Callable[[Work], Any]

NAMES = st.sampled_from([f"C-{n}" for n in range(6)])
FEW = st.lists(NAMES, max_size=4)
KINDS = st.sampled_from(["complaints", "customers"])
FIELDS = st.sampled_from(["filer_phone", "customer_id", "device"])
VALUES = st.sampled_from(["H1", "H2", "H3"])
TEXTS = st.text(alphabet="退保费用 ab1，é\0\\\ud800", max_size=12)
EDGES = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))  # no store keeps them
TIMES = st.integers(-3, 9).map(later) | st.sampled_from(EDGES)
SEQS = st.integers(0, 12)
BYTES = st.sampled_from([b"", b"\x00one", b"two"])
RECORDS = st.builds(
    made.record,
    NAMES,
    st.integers(1, 4),
    KINDS,
    batch=st.sampled_from(["b-1", "b-2"]),
    text_digest=st.sampled_from([None, "aa", "bb"]),
    tokens=st.lists(st.tuples(FIELDS, VALUES), max_size=3).map(tuple),
)
ROWS = st.builds(
    made.desk_row,
    NAMES,
    received_at=TIMES,
    assigned_to=st.none() | st.sampled_from(["ann", "bo"]),
    channel=st.none() | TEXTS,
    nearest=st.integers(1, 4).map(lambda day: DAY.replace(day=day)),
    welfare=st.booleans(),
    merit_decided=st.booleans(),
    state=st.sampled_from(["open", "answered"]),
)
FILTERS = st.builds(
    QueueFilter,
    state=st.none() | st.sampled_from(["open", "answered"]),
    channel=st.none() | TEXTS,
    due_before=st.none() | st.integers(1, 5).map(lambda day: DAY.replace(day=day)),
    unassigned=st.none() | st.booleans(),
    received_from=st.none() | TIMES,
    received_before=st.none() | TIMES,
    welfare=st.none() | st.booleans(),
    merit_decided=st.none() | st.booleans(),
    ids=st.none() | FEW.map(tuple),
)
AFTERS = st.none() | st.tuples(st.booleans(), st.integers(1, 4).map(lambda day: DAY.replace(day=day)), NAMES | TEXTS)
ASSESSED = st.builds(
    lambda name, n, label: made.assessment(f"A-{name}-{n}", name, label=label),
    NAMES,
    st.integers(1, 3),
    st.sampled_from(["ordinary", "insufficient"]),
)
MEMBERS = st.builds(made.member, NAMES, st.sampled_from(["F-1", "F-2"]), similarity=st.integers(0, 9))
NUMBERS = st.lists(st.integers(1, 5), max_size=3)
HEADS = st.integers(1, 5).map(lambda n: made.head(n, f"C-{n}", least=n))
PLACES = st.builds(
    made.place, NAMES, st.integers(1, 5), held=st.integers(0, 5), digest=st.sampled_from(["aa", "bb", "cc"])
)

WRITES: st.SearchStrategy[Call] = st.one_of(
    st.builds(lambda rows, at: lambda w: w.records.put(rows, at), st.lists(RECORDS, max_size=4), TIMES),
    st.builds(lambda ids, at: lambda w: w.records.erase(ids, at), FEW, TIMES),
    st.builds(
        lambda id_, text, at: lambda w: w.records.put_batch(made.batch(id_, file_name=text), at), NAMES, TEXTS, TIMES
    ),
    st.builds(lambda rows: lambda w: w.desk.put_rows(rows), st.lists(ROWS, max_size=4)),
    st.builds(lambda rows: lambda w: w.desk.put_assessments(rows), st.lists(ASSESSED, max_size=3)),
    st.builds(lambda ids: lambda w: w.desk.erase_assessments(ids), FEW),
    st.builds(lambda ids: lambda w: w.desk.erase_papers(ids), FEW),
    st.builds(
        lambda n, c, t: lambda w: w.desk.put_decision(made.decision(f"D-{n}", c, reason=t)),
        st.integers(1, 5),
        NAMES,
        TEXTS,
    ),
    st.builds(
        lambda i, c, raw: lambda w: w.reasons.put(made.reason(i, complaint=c, body=raw)),
        NAMES,
        st.none() | NAMES,
        BYTES,
    ),
    st.builds(lambda ids: lambda w: w.reasons.erase(ids), FEW),
    st.builds(
        lambda c, t, at: lambda w: w.desk.put_clock_event(c, made.clock_event(document=t, at=at, new_passage=t), 1),
        NAMES,
        TEXTS,
        TIMES,
    ),
    st.builds(
        lambda c, seq: lambda w: w.chains.append(made.link(c, seq)),
        st.sampled_from(["custody", "access"]),
        st.integers(1, 4),
    ),
    st.builds(lambda ids, raw: lambda w: w.campaigns.put_sketches([made.sketch(i, raw) for i in ids]), FEW, BYTES),
    st.builds(lambda ids: lambda w: w.campaigns.forget(ids), FEW),
    st.builds(
        lambda rows, n: lambda w: w.campaigns.replace_families(rows, {"F-1": n}),
        st.lists(MEMBERS, max_size=4),
        st.integers(0, 9),
    ),
    st.builds(lambda rows: lambda w: w.campaigns.put_memberships(rows), st.lists(MEMBERS, max_size=3)),
    st.builds(lambda ids: lambda w: w.campaigns.drop_memberships(ids), FEW),
    st.builds(lambda n: lambda w: w.campaigns.put_similarity("F-2", n), st.integers(0, 9)),
    st.builds(lambda rows: lambda w: w.heads.put_heads(rows), st.lists(HEADS, max_size=3)),
    st.builds(lambda ns: lambda w: w.heads.drop_heads(ns), NUMBERS),
    st.builds(lambda rows: lambda w: w.heads.put_places(rows), st.lists(PLACES, max_size=3)),
    st.builds(lambda ids: lambda w: w.heads.drop_places(ids), FEW),
    st.builds(
        lambda ns, f, a: lambda w: w.heads.put_postings([Posting(hash=n - 3, families=f, lone=a) for n in ns]),
        NUMBERS,
        BYTES,
        BYTES,
    ),
    st.builds(
        lambda k, ids, raw: lambda w: w.summaries.replace(k, [(i, raw) for i in ids]),
        st.sampled_from(["tie", "group"]),
        FEW,
        BYTES,
    ),
    st.builds(lambda ids: lambda w: w.summaries.drop("tie", ids), FEW),
    st.builds(lambda rows: lambda w: w.search.put(rows), st.lists(st.tuples(NAMES, TEXTS), max_size=3)),
    st.builds(lambda ids: lambda w: w.search.remove(ids), FEW),
    st.builds(lambda t, at: lambda w: w.accounts.put(made.person(t, locked_until=at)), TEXTS, st.none() | TIMES),
    st.builds(lambda n: lambda w: w.accounts.put_token(made.token(n)), NAMES),
    st.builds(lambda n: lambda w: w.accounts.drop_token(made.digest(n)), NAMES),
    st.builds(lambda k, raw, at: lambda w: w.jobs.add("assess", k, raw, at), TEXTS, BYTES, TIMES),
    st.builds(lambda now: lambda w: w.jobs.lease(now, now.replace(second=30)), TIMES),
    st.builds(lambda n: lambda w: w.jobs.done(n), st.integers(1, 4)),
    st.builds(lambda n, at, t: lambda w: w.jobs.retry(n, at, t), st.integers(1, 4), TIMES, TEXTS),
    st.builds(lambda n, t: lambda w: w.jobs.fail(n, t), st.integers(1, 4), TEXTS),
)
AD_WRITES: st.SearchStrategy[Call] = st.one_of(
    st.builds(
        lambda ids, t, at, records: (
            lambda w: w.ads.put_items(
                [
                    made.ad_item(i, key=i[-1:], platform=t, account="H1", last_seen=at, sightings=tuple(records))
                    for i in ids
                ]
            )
        ),
        FEW,
        st.none() | TEXTS,
        TIMES,
        FEW,
    ),
    st.builds(
        lambda n, ad, t, at: lambda w: w.ads.add_act(made.ad_act(f"{n}", ad, by=t, at=at)),
        st.integers(1, 6),
        NAMES,
        TEXTS,
        TIMES,
    ),
    st.builds(lambda ids: lambda w: w.ads.erase(ids), FEW),
    st.builds(
        lambda n, of, book, t, at: lambda w: w.books.add_act(made.book_act(f"{n}", of, book=book, by=t, at=at)),
        st.integers(1, 6),
        NAMES,
        st.sampled_from(["cases", "aid"]),
        TEXTS,
        TIMES,
    ),
    st.builds(lambda ids: lambda w: w.books.erase("aid", ids), FEW),
    st.builds(
        lambda id_, of, parent, at, t: (
            lambda w: w.exhibits.put(made.exhibit(id_, of=tuple(of), derived_from=parent, gone_at=at, by=t))
        ),
        NAMES,
        FEW,
        st.none() | NAMES,
        st.none() | TIMES,
        TEXTS,
    ),
    st.builds(lambda ids: lambda w: w.exhibits.erase(ids), FEW),
)
READS: st.SearchStrategy[Call] = st.one_of(
    st.builds(lambda ids: lambda w: (w.ads.items(ids), w.ads.ads_of(ids), w.ads.acts(ids)), FEW),
    st.builds(
        lambda ids: (
            lambda w: (w.ads.items_by_key([i[-1:] for i in ids]), list(w.ads.all_items()), list(w.ads.all_acts()))
        ),
        FEW,
    ),
    st.builds(
        lambda ids: lambda w: (w.books.acts("cases", ids), w.books.acts("aid", ids), list(w.books.all_acts("aid"))), FEW
    ),
    st.builds(
        lambda ids: lambda w: (w.exhibits.get(ids), w.exhibits.about(ids), w.exhibits.derived(ids)),
        FEW,
    ),
    st.builds(lambda one, two: lambda w: (w.exhibits.ending(one, two), list(w.exhibits.all())), TIMES, TIMES),
    st.builds(lambda k, ids: lambda w: w.records.heads(k, ids), KINDS, FEW),
    st.builds(lambda k, f, v: lambda w: list(w.records.by_token(k, f, v)), KINDS, FIELDS, st.lists(VALUES, max_size=3)),
    st.builds(lambda v: lambda w: w.records.by_text(v), st.lists(st.sampled_from(["aa", "bb"]), max_size=2)),
    st.builds(lambda k, a, b: lambda w: list(w.records.scan(k, a, b)), KINDS, SEQS, st.none() | SEQS),
    st.builds(lambda k, f: lambda w: list(w.records.tokens(k, f)), KINDS, st.lists(FIELDS, max_size=3)),
    st.builds(lambda b: lambda w: list(w.records.commitments(b)), st.sampled_from(["b-1", "b-2"])),
    st.just(lambda w: (list(w.records.batches()), w.records.counts(), w.records.last_seq())),
    st.builds(lambda ids: lambda w: (w.desk.rows(ids), w.desk.assessments(ids), w.desk.clock_events(ids)), FEW),
    st.builds(
        lambda f, a, n: lambda w: (list(w.desk.page(f, a, n)), w.desk.count(f)), FILTERS, AFTERS, st.integers(1, 4)
    ),
    st.builds(lambda c: lambda w: (w.desk.labels(), list(w.desk.decisions(c))), NAMES),
    st.builds(
        lambda c, n: (
            lambda w: (w.chains.tail(c), list(w.chains.read(c, n)), list(w.chains.marks(c, n)), w.chains.names())
        ),
        st.just("custody"),
        st.integers(0, 3),
    ),
    st.builds(
        lambda ids: lambda w: (list(w.campaigns.sketches()), w.campaigns.memberships(ids), w.campaigns.families()), FEW
    ),
    st.builds(
        lambda ns, ids: (
            lambda w: (w.heads.heads(ns), w.heads.heads_of(ids), list(w.heads.all_heads()), w.heads.last_head())
        ),
        NUMBERS,
        FEW,
    ),
    st.builds(
        lambda n, ids, held: (
            lambda w: (w.heads.places(ids), w.heads.placed(n, held), w.heads.twin("aa"), w.heads.twin("bb"))
        ),
        st.integers(1, 5),
        FEW,
        st.none() | st.integers(0, 5),
    ),
    st.builds(
        lambda ns, ids: (
            lambda w: (
                w.heads.postings([n - 3 for n in ns]),
                list(w.heads.all_postings()),
                w.campaigns.sketches_of(ids),
            )
        ),
        NUMBERS,
        FEW,
    ),
    st.just(lambda w: (list(w.campaigns.members("F-1")), w.campaigns.similarity_min(["F-1", "F-2"]))),
    st.builds(lambda ids: lambda w: (w.summaries.get("tie", ids), list(w.summaries.all("tie"))), FEW),
    st.builds(
        lambda ids, n: lambda w: (w.summaries.starting("tie", [i[:-1] for i in ids], n), w.summaries.last("tie")),
        FEW,
        st.integers(0, 3),
    ),
    st.builds(lambda t, n: lambda w: list(w.search.find(t, n)), TEXTS, st.integers(0, 4)),
    st.builds(
        lambda t, n: lambda w: (w.accounts.get(t), list(w.accounts.all()), w.accounts.token(made.digest(n))),
        TEXTS,
        NAMES,
    ),
    st.just(lambda w: list(w.jobs.all())),
    st.builds(lambda ids: lambda w: w.reasons.get(ids), FEW),
)
TRANSACTIONS = st.lists(
    st.tuples(st.lists(st.one_of(WRITES, WRITES, AD_WRITES, READS), max_size=8), st.booleans()), max_size=6
)


class Stop(Exception):
    """Ends a transaction without keeping it."""


def _answer(call: Call, work: Work) -> Any:
    try:
        return call(work)
    except MingchaError as error:
        return type(error), error.say("en")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(transactions=TRANSACTIONS, looks=st.lists(READS, min_size=5, max_size=15))
def test_sqlite_answers_as_memory_does(transactions: list[tuple[list[Call], bool]], looks: list[Call]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        twins = (open_memory(), open_sqlite(Path(folder) / "house.db"))
        for calls, keep in transactions:
            answers = []
            for store in twins:
                try:
                    with store.write() as work:
                        answers.append([_answer(call, work) for call in calls])
                        if not keep:
                            raise Stop
                except Stop:
                    pass
            assert answers[0] == answers[1]
        seen = []
        for store in twins:
            with store.read() as view:
                seen.append([_answer(call, view) for call in looks])
            store.close()
        assert seen[0] == seen[1]
