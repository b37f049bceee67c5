"""Sketches, families, summaries and search in memory."""

from collections.abc import Iterator, Sequence

from mingcha.adapters.store.bigrams import needles, score, spread
from mingcha.adapters.store.memory.tables import Session
from mingcha.model.stored import Membership, Sketch


class MemoryCampaigns:
    """Sketches and families."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_sketches(self, rows: Sequence[Sketch]) -> None:
        """Insert or replace sketches."""
        self._db.own("sketches").sketches.update((row.complaint, row) for row in rows)

    def sketches(self) -> Iterator[Sketch]:
        """All sketches in order of complaint id."""
        return iter([sketch for _, sketch in sorted(self._db.held.sketches.items())])

    def sketches_of(self, complaints: Sequence[str]) -> dict[str, Sketch]:
        """The sketches of these complaints."""
        held = self._db.held.sketches
        return {complaint: held[complaint] for complaint in complaints if complaint in held}

    def forget(self, complaints: Sequence[str]) -> None:
        """Forget the sketches and memberships of these complaints."""
        held = self._db.own("sketches", "memberships")
        for complaint in complaints:
            held.sketches.pop(complaint, None)
            held.memberships.pop(complaint, None)

    def replace_families(self, rows: Sequence[Membership], similarity_min: dict[str, int]) -> None:
        """Replace all memberships (and the least similarity inside each family) in one go."""
        held = self._db.own("memberships", "families")
        held.memberships = {row.complaint: row for row in rows}
        held.families = dict(similarity_min)

    def put_memberships(self, rows: Sequence[Membership]) -> None:
        """Insert or replace memberships."""
        self._db.own("memberships").memberships.update((row.complaint, row) for row in rows)

    def drop_memberships(self, complaints: Sequence[str]) -> None:
        """Forget the memberships of these complaints alone."""
        held = self._db.own("memberships").memberships
        for complaint in complaints:
            held.pop(complaint, None)

    def put_similarity(self, family: str, least: int) -> None:
        """Keep the least similarity inside one family."""
        self._db.own("families").families[family] = least

    def add_judgement(self, id_: str, body: bytes) -> None:
        """Keep what a person said of families."""
        self._db.own("judgements").judgements[id_] = body

    def judgements(self) -> Sequence[bytes]:
        """All of them, oldest first."""
        return list(self._db.held.judgements.values())

    def memberships(self, complaints: Sequence[str]) -> dict[str, Membership]:
        """The family of each complaint that has one."""
        held = self._db.held.memberships
        return {complaint: held[complaint] for complaint in complaints if complaint in held}

    def standing(self, complaints: Sequence[str], family: str) -> tuple[dict[str, Membership], int | None]:
        """`memberships` and the family's `similarity_min` at once."""
        return self.memberships(complaints), self.similarity_min([family]).get(family)

    def members(self, family: str) -> Sequence[Membership]:
        """All members of a family, by complaint id."""
        return [row for _, row in sorted(self._db.held.memberships.items()) if row.family == family]

    def families(self) -> dict[str, tuple[str, ...]]:
        """All families: id -> member complaints, sorted."""
        out: dict[str, list[str]] = {}
        for complaint, row in sorted(self._db.held.memberships.items()):
            out.setdefault(row.family, []).append(complaint)
        return {family: tuple(out[family]) for family in sorted(out)}

    def similarity_min(self, families: Sequence[str]) -> dict[str, int]:
        """The least similarity inside each family."""
        held = self._db.held.families
        return {family: held[family] for family in families if family in held}


class MemorySummaries:
    """Precomputed summaries by kind and id: opaque ciphertext, replaced as a whole."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def replace(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Replace all rows of one kind of summary: (complaint or object id, bytes)."""
        held = self._db.own("summaries")
        others = {place: body for place, body in held.summaries.items() if place[0] != kind}
        held.summaries = others | {(kind, id_): body for id_, body in rows}

    def add(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Insert or replace rows of one kind; the others stay."""
        self._db.own("summaries").summaries.update({(kind, id_): body for id_, body in rows})

    def get(self, kind: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Rows by id."""
        held = self._db.held.summaries
        return {id_: held[kind, id_] for id_ in ids if (kind, id_) in held}

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """All rows of one kind, by id."""
        return iter([(id_, body) for (k, id_), body in sorted(self._db.held.summaries.items()) if k == kind])

    def starting(self, kind: str, starts: Sequence[str], most: int) -> dict[str, Sequence[tuple[str, bytes]]]:
        """For each start the first rows of one kind whose id begins with it, at most so many of each, by id."""
        rows = list(self.all(kind))
        return {start: [row for row in rows if row[0].startswith(start)][:most] for start in starts}

    def last(self, kind: str) -> str | None:
        """The largest id of one kind, None where there is none."""
        return max((id_ for id_, _ in self.all(kind)), default=None)

    def drop(self, kind: str, ids: Sequence[str]) -> None:
        """Forget rows of one kind."""
        held = self._db.own("summaries").summaries
        for id_ in ids:
            held.pop((kind, id_), None)


class MemorySearch:
    """Full-text search over redacted text."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put(self, rows: Sequence[tuple[str, str]]) -> None:
        """(complaint id, redacted text); replaces what was there."""
        self._db.own("words").words.update((id_, spread(text)) for id_, text in rows)

    def find(self, words: str, limit: int) -> Sequence[str]:
        """Ids of complaints that hold every word, most occurrences per character first, then by id."""
        wanted = needles(words)
        held = self._db.held.words.items()
        found = [
            (-score(text, wanted), id_) for id_, text in held if wanted and all(needle in text for needle in wanted)
        ]
        return [id_ for _, id_ in sorted(found)[: max(limit, 0)]]

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these complaints."""
        held = self._db.own("words")
        for id_ in ids:
            held.words.pop(id_, None)
