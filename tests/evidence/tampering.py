"""Two bundles and a place to tamper with the first: one mutation after another, each judged by verify.py and undone."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.evidence.bundles import BYTES, Authority, bundle, written
from tests.evidence.mutations import MUTATIONS, TAGS, TOKEN, Files

from mingcha.adapters.bundle import tools
from mingcha.evidence.bundle import plan
from mingcha.evidence.verify_pack import Check

BETWEEN = {
    "root",
    "manifest",
    "custody",
    "index",
    "sm3",
    "token",
}  # faults between two files; others name what was touched


class Bench:
    """`files` is the genuine bundle; `other` another one of the same house."""

    def __init__(self, room: Path) -> None:
        self.base = room / "bag"
        authority = Authority(room / "tsa")
        token = authority.stamp(plan(bundle(), tools()).root)
        self.root = written(self.base, token=token).root
        again = bundle(BYTES[::-1], salt=1)
        other = authority.stamp(plan(again, tools()).root)
        written(room / "other", again, BYTES[::-1], other)
        self.files, self.other = read(self.base), read(room / "other")

    def try_one(self, seed: int) -> tuple[str, set[str], list[tuple[str, str]]] | None:
        """One mutation: None when it was caught and rightly explained, else its name, what was expected and what was said."""
        rng = random.Random(seed)
        mutation = rng.choice(MUTATIONS)
        files, right = mutation(rng, self.files, self.other)
        if files == self.files:
            return None
        check = self.checked(files)
        said = [(code, where) for code, where, _ in check.problems]
        touched = {path for path in {*files, *self.files} if files.get(path) != self.files.get(path)}
        touched |= (
            {TOKEN} if TAGS in touched else set()
        )  # only the tag manifest knows the token: which is right, nobody can say
        rightly = [code for code, where in said if code in right and (where in touched or code in BETWEEN)]
        return None if check.level == "broken" and rightly else (mutation.__name__, right, said)

    def checked(self, files: Files, *kept: str) -> Check:
        """The bundle as these files, checked; then put back."""
        with self.as_if(files) as base:
            check = Check(str(base))
            check.run(kept)
        return check

    @contextmanager
    def as_if(self, files: Files) -> Iterator[Path]:
        """The folder, with these files for as long as it is looked at."""
        changed = [path for path in {*files, *self.files} if files.get(path) != self.files.get(path)]
        self._put(files, changed)
        yield self.base
        self._put(self.files, changed)

    def _put(self, files: Files, paths: list[str]) -> None:
        for path in paths:
            if path in files:
                (self.base / path).parent.mkdir(parents=True, exist_ok=True)
                (self.base / path).write_bytes(files[path])
            else:
                (self.base / path).unlink()


def read(base: Path) -> Files:
    """Every file of a folder."""
    return {path.relative_to(base).as_posix(): path.read_bytes() for path in base.rglob("*") if path.is_file()}
