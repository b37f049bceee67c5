"""Families of a Spark data frame: texts are cut by the executors, with the kernels of the local engine, and grouped by the driver.

Executors read, fold and hash in `mapInArrow`, and exact copies collapse before anything travels. Grouping holds the hashes of all
distinct texts at once, on the driver: 8 bytes a shingle, about as many as characters, on disk where `join` says so, and some 5 bytes
a shingle in memory.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from mingcha.actions.campaigns import THREADS, scheme_named
from mingcha.campaign.gathering import RULE, gather_families
from mingcha.campaign.kernels.ranks import I64
from mingcha.campaign.letters import Corpus, Join, in_memory, ordered
from mingcha.model.letters import Id

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

AT_A_TIME = 10_000  # texts the driver takes from an executor
Part = tuple[Any, Any, Any, Any]


def find_families_in_spark(
    frame: "DataFrame",
    text: str = "text",
    id_: str = "id",
    scheme: str = "mingcha",
    threads: int = THREADS,
    join: Join = in_memory,
) -> "DataFrame":
    """The families of a frame's texts: `id, family, similarity` (0 to 1) a row a member; the same as `find_families` gives.

    A text that is null counts as empty.
    """
    import pyarrow as pa

    scheme_named(scheme)
    schema = f"id {frame.schema[id_].dataType.simpleString()}, digest binary, hashes binary, breaks binary"
    cut = frame.select(frame[id_].alias("id"), frame[text].alias("text")).mapInArrow(
        partial(cut_batches, scheme), schema
    )
    ids: list[list[Id]] = []
    distinct = cut.groupBy("digest").agg({"id": "collect_list", "hashes": "first", "breaks": "first"})
    rows = distinct.select("collect_list(id)", "first(hashes)", "first(breaks)").toLocalIterator(
        prefetchPartitions=True
    )
    corpus, breaks = ordered(_parts(rows, ids), threads, join)
    corpus = _with_copies(corpus, [len(of) for of in ids])
    every = [one for of in ids for one in of]
    found = gather_families(corpus, breaks, RULE, threads, lambda _: None)
    members = [
        (every[row], family.name, similarity / 1_000_000)
        for family in found.families
        for row, similarity in zip(family.rows.tolist(), family.similarity.tolist(), strict=True)
    ]
    columns = {name: [member[k] for member in members] for k, name in enumerate(("id", "family", "similarity"))}
    types = [pa.array(every[:1]).type if every else pa.string(), pa.string(), pa.float64()]
    table = pa.table([pa.array(c, t) for c, t in zip(columns.values(), types, strict=True)], list(columns))
    return frame.sparkSession.createDataFrame(table)


def cut_batches(scheme: str, batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
    """Record batches of `id, text` to `id, digest, hashes, breaks`: shingles as 64-bit numbers, sentence breaks as 32-bit ones."""
    import pyarrow as pa

    cutting = scheme_named(scheme)
    for batch in batches:
        hashes, sizes, breaks, counts = cutting.passages([one or "" for one in batch.column("text").to_pylist()])
        bytes_ = [_cut_up(values, many) for values, many in ((hashes, sizes), (breaks, counts))]
        digests = [
            blake2b(len(h).to_bytes(8, "little") + h + b, digest_size=16).digest() for h, b in zip(*bytes_, strict=True)
        ]
        columns = [batch.column("id"), pa.array(digests, pa.binary()), *(pa.array(b, pa.binary()) for b in bytes_)]
        yield pa.RecordBatch.from_arrays(columns, names=["id", "digest", "hashes", "breaks"])


def _cut_up(values: Any, counts: Any) -> list[bytes]:
    ends = np.cumsum(counts) * values.itemsize
    whole = values.tobytes()
    return [whole[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _parts(rows: Iterator[Any], ids: list[list[Id]]) -> Iterator[Part]:
    """What the executors cut, as the blocks of a corpus; `ids` grows with those of each text."""
    while some := list(islice(rows, AT_A_TIME)):
        ids += [sorted(of, key=str) for of, _, _ in some]
        columns = []
        for k, type_ in ((1, np.uint64), (2, np.int32)):
            columns.append(np.frombuffer(b"".join(row[k] for row in some), type_))
            columns.append(np.array([len(row[k]) // np.dtype(type_).itemsize for row in some], np.int32))
        yield columns[0], columns[1], columns[2], columns[3]


def _with_copies(corpus: Corpus, copies: list[int]) -> Corpus:
    """The corpus when row `i` stands for so many rows, numbered one row after another."""
    many = np.array(copies, np.int64)
    first = np.cumsum(many) - many

    def rows(of: I64) -> I64:
        before = np.cumsum(many[of]) - many[of]
        return np.repeat(first[of] - before, many[of]) + np.arange(many[of].sum())

    held = np.concatenate([np.zeros(1, np.int64), np.cumsum(many[corpus.rows])])
    return replace(corpus, held=held, rows=rows(corpus.rows), empty=rows(corpus.empty))
