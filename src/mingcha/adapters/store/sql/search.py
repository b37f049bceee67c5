"""Full-text search over SQL: an index narrows down, the cut text decides, so every store gives the same answer.

SQLite: FTS5 without positions over `search_docs.words`. PostgreSQL: GIN over the terms as an array, because a tsvector ends
at 1 MB and counts positions to 16,383 only, and a complaint may be longer.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from mingcha.adapters.store.bigrams import needles, spread
from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import MANY, Session

FTS_PUT = sa.text("INSERT INTO search_index (rowid, words) VALUES (:id, :words)")
FTS_DROP = sa.text("INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', :id, :words)")
GIN_LATER = sa.text("SET LOCAL gin_pending_list_limit = '64MB'")  # sorted in by autovacuum: five times as fast to fill
FTS_TIDY = sa.text("INSERT INTO search_index (search_index) VALUES ('optimize')")


class SqlSearch:
    """Full-text search over redacted text."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, rows: Sequence[tuple[str, str]]) -> None:
        """(complaint id, redacted text); replaces what was there."""
        self._db.allow_change()
        latest = dict(rows)
        self._drop(list(latest))
        first = self._db.next_number(t.search_docs.c.id) if latest else 0
        docs = [
            {"id": n, "complaint": id_, "words": spread(text)} for n, (id_, text) in enumerate(latest.items(), first)
        ]
        if self._db.is_postgres and len(docs) >= MANY:
            self._db.change(GIN_LATER)
        self._db.insert(t.search_docs, docs)
        if docs and not self._db.is_postgres:
            self._db.change(FTS_PUT, [{"id": doc["id"], "words": doc["words"]} for doc in docs])

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these complaints, down to the index's own files: it is rewritten, as it only marks what is dropped."""
        self._db.allow_change()
        if self._drop(ids) and not self._db.is_postgres:
            self._db.change(FTS_TIDY)

    def _drop(self, ids: Sequence[str]) -> bool:
        if not ids:
            return False
        here = self._db.among(t.search_docs.c.complaint, ids)
        if not self._db.is_postgres:
            held = self._db.rows(sa.select(t.search_docs.c.id, t.search_docs.c.words).where(here))
            if not held:
                return False
            self._db.change(FTS_DROP, [{"id": id_, "words": words} for id_, words in held])
        self._db.erased = True
        return self._db.change(sa.delete(t.search_docs).where(here)) > 0

    def find(self, words: str, limit: int) -> Sequence[str]:
        """Ids of complaints that hold every word, most occurrences per character first, then by id."""
        wanted = needles(words)
        if not wanted or limit < 1:
            return []
        narrow = _postgres(wanted) if self._db.is_postgres else _sqlite(wanted)
        held, times = [], []
        values: dict[str, object] = {"limit": limit, **narrow[1]}
        for n, needle in enumerate(wanted):
            values[f"n{n}"] = needle
            position = f"position(CAST(:n{n} AS text) in words)" if self._db.is_postgres else f"instr(words, :n{n})"
            held.append(f"{position} > 0")
            times.append(f"(length(words) - length(replace(words, :n{n}, ''))) / {len(needle)}")
        score = f"CAST({' + '.join(times)} AS bigint) * 1000000 / length(words)"
        query = (
            f"SELECT complaint FROM search_docs WHERE {' AND '.join([narrow[0], *held])}"  # noqa: S608 -- reason: our own names and numbers only, values are bound
            f" ORDER BY {score} DESC, complaint LIMIT :limit"
        )
        return [row.complaint for row in self._db.rows(sa.text(query), values)]


def _sqlite(wanted: Sequence[str]) -> tuple[str, dict[str, object]]:
    terms = {f'"{term}"' + ("" if needle.endswith(" ") else " *") for needle in wanted for term in needle.split()}
    return "id IN (SELECT rowid FROM search_index WHERE search_index MATCH :match)", {
        "match": " AND ".join(sorted(terms))
    }


def _postgres(wanted: Sequence[str]) -> tuple[str, dict[str, object]]:
    """The index holds whole terms only: a search for lone characters looks at every text."""
    whole = sorted({term for needle in wanted if needle.endswith(" ") for term in needle.split()})
    held = "string_to_array(btrim(words, ' '), ' ') @> CAST(:terms AS text[])"
    return (held, {"terms": whole}) if whole else ("TRUE", {})
