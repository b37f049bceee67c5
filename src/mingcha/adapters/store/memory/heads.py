"""Representatives, places and postings in memory."""

from collections.abc import Iterator, Sequence

from mingcha.adapters.store.memory.tables import Session
from mingcha.model.family import Head, Met, Place, Posting
from mingcha.model.stored import Sketch


class MemoryHeads:
    """Representatives, the place of each text at one of them, and the hashes they are found by."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_heads(self, rows: Sequence[Head]) -> None:
        """Insert or replace heads."""
        self._db.own("heads").heads.update((row.number, row) for row in rows)

    def heads(self, numbers: Sequence[int]) -> dict[int, Head]:
        """Heads by number."""
        held = self._db.held.heads
        return {number: held[number] for number in numbers if number in held}

    def heads_of(self, complaints: Sequence[str]) -> dict[str, Head]:
        """The heads that are these complaints' texts, by complaint."""
        wanted = set(complaints)
        return {row.complaint: row for row in self._db.held.heads.values() if row.complaint in wanted}

    def all_heads(self) -> Iterator[Head]:
        """All heads by number."""
        return iter([row for _, row in sorted(self._db.held.heads.items())])

    def last_head(self) -> int:
        """The largest number in use, 0 for none."""
        return max(self._db.held.heads, default=0)

    def drop_heads(self, numbers: Sequence[int]) -> None:
        """Forget heads; what they are posted under is the caller's to change."""
        held = self._db.own("heads").heads
        for number in numbers:
            held.pop(number, None)

    def meet(self, complaint: str, digest: str, hashes: Sequence[int]) -> Met:
        """All a new text is met by: `places`, `twin`, `postings` and `last_head` at once."""
        return Met(
            place=self.places([complaint]).get(complaint),
            twin=self.twin(digest),
            postings=self.postings(hashes),
            last_head=self.last_head(),
        )

    def with_texts(self, numbers: Sequence[int]) -> dict[int, tuple[Head, Sketch]]:
        """Heads by number with the sketches of their texts, those that have one."""
        texts = self._db.held.sketches
        found = self.heads(numbers).items()
        return {number: (head, texts[head.complaint]) for number, head in found if head.complaint in texts}

    def postings(self, hashes: Sequence[int]) -> Sequence[Posting]:
        """What is posted under these hashes, by hash."""
        held = self._db.held.postings
        return [held[one] for one in sorted(set(hashes)) if one in held]

    def all_postings(self) -> Iterator[Posting]:
        """All postings by hash, streamed."""
        return iter([row for _, row in sorted(self._db.held.postings.items())])

    def put_postings(self, rows: Sequence[Posting]) -> None:
        """Insert or replace postings; empty ones go."""
        held = self._db.own("postings").postings
        for row in rows:
            held[row.hash] = row
            if not row.families and not row.lone:
                del held[row.hash]

    def put_places(self, rows: Sequence[Place]) -> None:
        """Insert or replace places."""
        self._db.own("places").places.update((row.complaint, row) for row in rows)

    def places(self, complaints: Sequence[str]) -> dict[str, Place]:
        """The places of these complaints."""
        held = self._db.held.places
        return {complaint: held[complaint] for complaint in complaints if complaint in held}

    def twin(self, digest: str) -> Place | None:
        """The place of the first complaint (by id) with this very text."""
        same = [row for row in self._db.held.places.values() if row.digest == digest]
        return min(same, key=lambda row: row.complaint, default=None)

    def placed(self, head: int, below: int | None = None) -> Sequence[Place]:
        """Places at a head by complaint, all or those that hold fewer than `below` of its units."""
        here = [row for _, row in sorted(self._db.held.places.items()) if row.head == head]
        return [row for row in here if below is None or row.held < below]

    def drop_places(self, complaints: Sequence[str]) -> None:
        """Forget the places of these complaints."""
        held = self._db.own("places").places
        for complaint in complaints:
            held.pop(complaint, None)
