"""Splink behind one door: columns of persons in, scored pairs out. Its model file is versioned: settings and figures, no rows."""

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mingcha.adapters.linkage.description import ROW, SURE, SURE_RECALL, block
from mingcha.errors import NotInstalled
from mingcha.model.person import PersonPair, PersonRow
from mingcha.model.words import Words

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from splink import Linker

MODEL = "persons@2026-11-28.json"
PRIOR = "probability_two_random_records_match"
ALONE: dict[str, Any] = {"temp_directory": "", "autoinstall_known_extensions": "false"}  # no file, no network
SEED = 1
PAIRS_SAMPLED = 1e7


def read_model() -> dict[str, Any]:
    """The packaged model: Splink's settings with trained figures."""
    held: dict[str, Any] = json.loads(files(__package__).joinpath(MODEL).read_text("utf-8"))
    return held


class SplinkLinkage:
    """Pairs of rows that may be one person, scored by a model: on DuckDB in memory, or in a Spark session."""

    def __init__(self, model: Mapping[str, Any] | None = None, spark: "SparkSession | None" = None) -> None:
        """The packaged model, which learns its prior from each table, or another as it is."""
        self._model = dict(model or read_model())
        self._spark = spark
        self._sure = SURE if model is None else ()

    def pairs(self, rows: Sequence[PersonRow], bits: float) -> Iterator[PersonPair]:
        """Pairs of at least `bits` of match weight, each with what every comparison adds."""
        if len(rows) < 2:
            return
        levels = _levels(self._model)
        model = self._model | ({PRIOR: prior(rows, self._sure, SURE_RECALL)} if self._sure else {})
        scored = linker_of(rows, model, self._spark).inference.predict(threshold_match_weight=bits)
        for one in scored.as_record_list():
            yield _pair(one, levels)


def prior(rows: Sequence[PersonRow], sure: Sequence[tuple[str, ...]], recall: float) -> float:
    """How likely two rows of this table are one person before they are compared: it depends on how many rows there are."""
    pairs = 0
    for columns in sure:
        alike = Counter(tuple(row.parts[column] for column in columns) for row in rows)
        pairs += sum(n * (n - 1) // 2 for values, n in alike.items() if None not in values)
    return min(0.5, (pairs + 1) / recall / (len(rows) * (len(rows) - 1) / 2))


@dataclass(frozen=True)
class Teaching:
    """How a model is learnt: pairs that are `sure` to begin with and what share of all they are, and by what alike pairs."""

    settings: Mapping[str, Any]
    sure: Sequence[tuple[str, ...]]
    recall: float
    alike: Sequence[tuple[str, ...]]


def train(rows: Sequence[PersonRow], how: Teaching) -> dict[str, Any]:
    """A model learnt from rows without knowing who is who (expectation maximisation, Fellegi and Sunter 1969)."""
    linker = linker_of(rows, how.settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block(one) for one in how.sure], recall=how.recall)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS_SAMPLED, seed=SEED)
    for columns in how.alike:
        training.estimate_parameters_using_expectation_maximisation(
            block(columns), estimate_without_term_frequencies=True
        )
    learnt: dict[str, Any] = linker.misc.save_model_to_json()
    return learnt


def linker_of(rows: Sequence[PersonRow], model: Mapping[str, Any], spark: "SparkSession | None" = None) -> "Linker":
    """Splink over these rows. NotInstalled without the extra `entities`."""
    try:
        import duckdb
        import pyarrow as pa
        from splink import DuckDBAPI, Linker  # an extra, and half a second
    except ImportError as error:
        raise NotInstalled(what=Words("归并同一人", "telling who is one person"), extra="entities") from error
    names = [ROW, *rows[0].parts]
    columns = zip(*((row.id, *row.parts.values()) for row in rows), strict=True)
    table = pa.table({name: pa.array(values, pa.string()) for name, values in zip(names, columns, strict=True)})
    if spark is None:
        return Linker(DuckDBAPI(duckdb.connect(config=ALONE)).register(table), dict(model), log_level=logging.ERROR)
    from splink import SparkAPI

    frame = spark.createDataFrame(table)
    api: Any = SparkAPI
    held = api(spark_session=spark, break_lineage_method="persist").register(frame)
    return Linker(held, dict(model), log_level=logging.ERROR)


def _levels(model: Mapping[str, Any]) -> dict[str, list[str]]:
    """The levels of each comparison by what Splink numbers them: from the weakest, 0, to the surest."""
    return {
        one["output_column_name"]: [
            level["label_for_charts"] for level in one["comparison_levels"][::-1] if not level.get("is_null_level")
        ]
        for one in model["comparisons"]
    }


def _pair(found: Mapping[str, Any], levels: Mapping[str, list[str]]) -> PersonPair:
    one, other = sorted((str(found[f"{ROW}_l"]), str(found[f"{ROW}_r"])))
    parts = []
    for what, labels in levels.items():
        level = found[f"gamma_{what}"]
        bits = found[f"mw_{what}"] + (found.get(f"mw_tf_adj_{what}") or 0.0)
        parts.append((what, "null" if level < 0 else labels[level], bits))
    return PersonPair(one, other, found["match_weight"], tuple(parts))
