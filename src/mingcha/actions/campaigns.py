"""A file of texts to families and pairs, without a workspace, a store or a seal: what it says carries no evidence value.

It reads once, holds hashes and ids but no text, and decides nothing: the rules are the campaign room's.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mingcha.campaign.boilerplate import NOTHING, given
from mingcha.campaign.cutting import SCHEMES, Cutting
from mingcha.campaign.gathering import PASSES, RULE, RULE_SCHEME, Gatherings, gather_families
from mingcha.campaign.letters import Join, cut_all, distinct, in_memory, ordered
from mingcha.campaign.pairs import RowPairs, find_text_pairs, row_pairs
from mingcha.errors import InputError
from mingcha.model.letters import Block, Fault, Id
from mingcha.model.words import Words

MILLION = 1_000_000
MOST_ROWS = 100_000  # pairs grow with the square of a campaign; families do not
MOST_PAIRS = 50_000_000
Progress = Callable[[str, int, int], None]  # stage, done, of how many (0: not known yet)
THREADS = 2


def silent(_stage: str, _done: int, _of: int) -> None:
    """No progress shown."""


@dataclass(slots=True)
class Sheet:
    """What is kept of a file while its texts stream by: ids by row, and the lines that gave no row."""

    ids: list[Id] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def texts(self, blocks: Iterable[Block]) -> Iterator[Sequence[str]]:
        """The texts of the blocks, ids and faults noted."""
        for block in blocks:
            self.ids += block.ids
            self.faults += block.faults
            yield block.texts


@dataclass(frozen=True, slots=True)
class Paired:
    """Every pair of a file's rows at or above the threshold; rows are places in `sheet.ids`."""

    sheet: Sheet
    pairs: RowPairs
    empty: int
    compared: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """The families of a file; rows are places in `sheet.ids`."""

    sheet: Sheet
    found: Gatherings
    empty: int
    scheme: str


def scheme_named(name: str) -> Cutting:
    """The scheme of a name."""
    if name not in SCHEMES:
        listed = ", ".join(SCHEMES)
        raise InputError(where="scheme", found=name, expected=Words(f"{listed} 之一", f"one of {listed}"))
    return SCHEMES[name]()


def find_pairs(
    blocks: Iterable[Block],
    scheme: str = "mingcha",
    threshold: float = 0.7,
    threads: int = THREADS,
    progress: Progress = silent,
) -> Paired:
    """All pairs with Jaccard >= `threshold` (0 < threshold <= 1), exactly; refused above MOST_ROWS rows or MOST_PAIRS pairs."""
    if not 0 < threshold <= 1:
        raise InputError(where="threshold", found=threshold, expected=Words("0 到 1 之间的数", "between 0 and 1"))
    cutting = scheme_named(scheme)
    sheet = Sheet()
    key = secrets.randbits(64)  # nobody can prepare texts whose hashes collide; the pairs are the same under any key
    corpus = distinct(
        cut_all(
            _few(sheet, sheet.texts(blocks)),
            lambda texts: cutting.shingles(texts, key),
            threads,
            _counter("read", progress),
        ),
        threads,
    )
    found = find_text_pairs(corpus, round(threshold * MILLION), threads)
    total = found.rows(corpus)
    if total > MOST_PAIRS:
        raise InputError(
            where="pairs",
            found=f"{total:,}",
            expected=Words(
                f"不超过 {MOST_PAIRS:,} 对：同一正文的份数太多，请改看家族",
                f"at most {MOST_PAIRS:,} pairs: too many copies of one text, ask for families instead",
            ),
        )
    return Paired(sheet, row_pairs(corpus, found), len(corpus.empty), found.compared)


def find_families(
    blocks: Iterable[Block],
    scheme: str = "mingcha",
    threads: int = THREADS,
    progress: Progress = silent,
    ignore: Sequence[str] = (),
    join: Join = in_memory,
) -> Gathered:
    """The families of a file under a scheme, the same whatever the order of its rows or the number of threads.

    Passages to `ignore`, such as statutes and notices, count as nobody's own, beside those the file itself shows to be. `join` keeps
    the hashes of all texts.

    >>> letter = "合同利率与口头承诺不符，每月都多扣。请退还多收的服务费和保险费。请在十五日内书面答复本人，谢谢。"
    >>> done = find_families([Block("abc", [letter, "您好，请问网点几点开门？", letter + "谢谢您。"])])
    >>> [[done.sheet.ids[row] for row in family.rows] for family in done.found.families]
    [['a', 'c']]
    """
    cutting = scheme_named(scheme)
    sheet = Sheet()
    corpus, breaks = ordered(
        cut_all(sheet.texts(blocks), cutting.passages, threads, _counter("read", progress)), threads, join
    )
    steps = PASSES * len(corpus.letters.sizes)
    through = 0

    def done(more: int) -> None:
        nonlocal through
        through += more
        progress("gather", through, steps)

    ignored = given(cutting.shingles(ignore)[0]) if ignore else NOTHING
    found = gather_families(corpus, breaks, RULE, threads, done, ignored)
    return Gathered(sheet, found, len(corpus.empty), f"{cutting.name}, {RULE_SCHEME}")


def _few(sheet: Sheet, texts: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Pass texts on until there are more rows than pairs are made for."""
    for block in texts:
        if len(sheet.ids) > MOST_ROWS:
            raise InputError(
                where="pairs",
                found=f"> {MOST_ROWS:,}",
                expected=Words(
                    f"不超过 {MOST_ROWS:,} 行：成对数随套件大小的平方增长，请改看家族",
                    f"at most {MOST_ROWS:,} rows: pairs grow with the square of a campaign, ask for families instead",
                ),
            )
        yield block


def _counter(stage: str, progress: Progress) -> Callable[[int], None]:
    seen = 0

    def count(more: int) -> None:
        nonlocal seen
        seen += more
        progress(stage, seen, 0)

    return count
