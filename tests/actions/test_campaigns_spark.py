"""Families of a Spark frame are the families of the local engine, whatever the partitions."""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import SparkSession

from mingcha.actions.campaigns import find_families
from mingcha.actions.campaigns_spark import find_families_in_spark
from mingcha.errors import InputError
from mingcha.model.letters import Block
from mingcha.testing.spark import local_spark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

WORDS = "春夏秋冬东南西北梅兰竹菊琴棋书画山水风云日月星辰金木火土"
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    session = local_spark()
    yield session
    session.stop()


def made() -> list[tuple[int, str | None]]:
    """Letters of six campaigns with sentences dropped and moved, exact copies, strangers, an empty and a null text."""
    rng = random.Random(5)
    texts: list[str | None] = ["", None, "好。", "好。"]
    for _ in range(6):
        template = ["".join(rng.choices(WORDS, k=18)) + "。" for _ in range(6)]
        for _ in range(rng.randint(2, 30)):
            kept = [one for one in template if rng.random() > 0.1]
            rng.shuffle(kept)
            texts += ["".join(kept)] * rng.randint(1, 3)
    texts += ["".join(rng.choices(WORDS, k=90)) for _ in range(60)]
    rng.shuffle(texts)
    return list(enumerate(texts))


def as_set(frame: "DataFrame") -> set[tuple[object, str, float]]:
    return {(row["id"], row["family"], row["similarity"]) for row in frame.collect()}


@pytest.mark.parametrize("scheme", ["mingcha", "plain-5"])
def test_families_are_those_of_the_local_engine(spark: SparkSession, scheme: str) -> None:
    rows = made()
    done = find_families([Block([k for k, _ in rows], [text or "" for _, text in rows])], scheme)
    expected = {
        (done.sheet.ids[row], family.name, similarity / 1_000_000)
        for family in done.found.families
        for row, similarity in zip(family.rows.tolist(), family.similarity.tolist(), strict=True)
    }
    assert len({name for _, name, _ in expected}) >= 6
    for partitions in (1, 5):
        frame = spark.createDataFrame(rows, "number int, letter string").repartition(partitions)
        assert as_set(find_families_in_spark(frame, "letter", "number", scheme)) == expected


def test_a_frame_without_families_gives_none(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("a", "我想补办银行卡，请问带什么材料？")], "id string, text string")
    found = find_families_in_spark(frame)
    assert found.columns == ["id", "family", "similarity"]
    assert as_set(found) == set()


def test_a_scheme_that_is_none_is_refused(spark: SparkSession) -> None:
    with pytest.raises(InputError):
        find_families_in_spark(spark.createDataFrame([("a", "b")], "id string, text string"), scheme="other")
