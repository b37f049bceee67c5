"""Who is who: our way of driving Splink beside Splink's own, on real names with errors and on Chinese rows made by us.

    persons.py train MODEL.json [--rows 20000] [--seed 1]
    persons.py made SEED... [--rows 5000] [--hard 1] [--out F]
    persons.py spark SEED [--rows 2000] [--out F]
    persons.py historical FILE.parquet [--out F]

`train` learns the packaged model from made rows, not knowing who is who. `made` judges it on rows of other seeds, beside
Splink with its ready-made comparisons on the same rows as written, learnt from them, at its best threshold on that very truth
(a gift to it) and at ours. `historical` runs the settings of Splink's tutorial twice on the same data: clustered by Splink,
and through our linkage and our resolving. `spark` asks both engines about the same rows. Truth is read by the scores alone.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from frozen import heading, write
from persons_made import made

from mingcha.actions.persons import ONE, PERHAPS
from mingcha.adapters.linkage import SplinkLinkage, Teaching, description, train
from mingcha.model.person import PersonRow
from mingcha.network.persons import person_row
from mingcha.network.resolving import resolve

OURS = Teaching(description.settings(), description.SURE, description.SURE_RECALL, description.TRAINED_ON)
T95 = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26}  # Student's t, two-sided 95 %


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("train")
    one.add_argument("model", type=Path)
    one.add_argument("--rows", type=int, default=20_000)
    one.add_argument("--seed", type=int, default=1)
    one = verbs.add_parser("made")
    one.add_argument("seeds", type=int, nargs="+")
    one.add_argument("--rows", type=int, default=5_000)
    one.add_argument("--hard", type=float, default=1.0, help="times as much is lost as usual")
    one.add_argument("--out", type=Path)
    one = verbs.add_parser("spark")
    one.add_argument("seed", type=int)
    one.add_argument("--rows", type=int, default=2_000)
    one.add_argument("--out", type=Path)
    one = verbs.add_parser("historical")
    one.add_argument("file", type=Path)
    one.add_argument("--out", type=Path)
    a = parser.parse_args()
    if a.verb == "train":
        learnt = train([person_row(row["id"], row) for row in made(a.rows, a.seed)], OURS)
        a.model.write_text(json.dumps(bare(learnt), ensure_ascii=False, indent=1) + "\n", "utf-8")
    elif a.verb == "made":
        write(made_rows(a.seeds, a.rows, a.hard), a.out)
    elif a.verb == "spark":
        write(spark(a.seed, a.rows), a.out)
    else:
        write(historical(a.file), a.out)


def bare(model: dict[str, Any]) -> dict[str, Any]:
    """A model without the dialect it was learnt in and the run it came from."""
    kept = {name: value for name, value in model.items() if name not in ("sql_dialect", "linker_uid")}
    rules = kept["blocking_rules_to_generate_predictions"]
    return {**kept, "blocking_rules_to_generate_predictions": [rule["blocking_rule"] for rule in rules]}


def made_rows(seeds: Sequence[int], size: int, hard: float) -> dict[str, Any]:
    """Scores a seed, and the gain over Splink's ready-made comparisons with its interval over seeds."""
    out: list[dict[str, Any]] = []
    for seed in seeds:
        rows = made(size, seed, hard)
        truth = {row["id"]: row["person"] for row in rows}
        compared = [person_row(row["id"], row) for row in rows]
        pairs = list(SplinkLinkage().pairs(compared, PERHAPS))
        ours = pairwise(truth, resolve(compared, pairs, (), ONE).groups)
        written = [PersonRow(id=row["id"], parts={k: row[k].strip() or None for k in COLUMNS}) for row in rows]
        theirs = list(SplinkLinkage(train(written, _ready_made())).pairs(written, -10.0))
        scores = {bits: pairwise(truth, resolve(written, theirs, (), bits).groups) for bits in (ONE, *range(-6, 25, 2))}
        best = max(scores, key=lambda bits: scores[bits]["f1"])
        out.append(
            {"seed": seed, "rows": len(rows), "ours": ours, "ready_made": scores[ONE], "ready_made_at_its_best": scores[best],
             "its_best_bits": best}
        )  # fmt: skip
    told: dict[str, Any] = {"ours_f1": interval([one["ours"]["f1"] for one in out])}
    for name in ("ready_made", "ready_made_at_its_best"):
        told[f"gain_over_{name}"] = interval([one["ours"]["f1"] - one[name]["f1"] for one in out])
    return {
        **heading(f"persons.py made {' '.join(map(str, seeds))} --hard {hard:g}"),
        "what": "synthetic rows",
        **told,
        "seeds": out,
    }


def spark(seed: int, size: int) -> dict[str, Any]:
    """The same rows and settings on both engines: how many pairs, how many differ, and the seconds of each."""
    from mingcha.testing.spark import local_spark

    rows = [person_row(row["id"], row) for row in made(size, seed)]
    out: dict[str, Any] = {"rows": size}
    told = {}
    for name, linkage in (("duckdb", SplinkLinkage()), ("spark", SplinkLinkage(spark=local_spark()))):
        began = time.perf_counter()
        found = {(pair.one, pair.other): pair for pair in linkage.pairs(rows, PERHAPS)}
        out[f"{name}_s"] = round(time.perf_counter() - began, 1)
        told[name] = {key: (round(one.bits, 6), [part[:2] for part in one.parts]) for key, one in found.items()}
    out["pairs"] = len(told["duckdb"])
    keys = told["duckdb"].keys() | told["spark"].keys()
    out["different"] = sum(told["duckdb"].get(key) != told["spark"].get(key) for key in keys)
    return {**heading(f"persons.py spark {seed}"), **out}


def interval(values: list[float]) -> dict[str, float]:
    """Mean, and its 95 % interval over seeds."""
    if len(values) < 2:
        return {"mean": round(values[0], 4)}
    half = T95[len(values)] * stdev(values) / len(values) ** 0.5
    return {"mean": round(mean(values), 4), "low": round(mean(values) - half, 4), "high": round(mean(values) + half, 4)}


def pairwise(truth: Mapping[str, str], groups: Iterable[Sequence[str]]) -> dict[str, float]:
    """Precision, recall and F1 of pairs, and F1 of whole persons of two rows or more found exactly."""
    of = defaultdict(list)
    for row, person in truth.items():
        of[person].append(row)
    held = [tuple(sorted(group)) for group in groups]
    wanted = sum(len(rows) * (len(rows) - 1) // 2 for rows in of.values())
    said = sum(len(group) * (len(group) - 1) // 2 for group in held)
    right = sum(n * (n - 1) // 2 for group in held for n in Counter(truth[row] for row in group).values())
    whole = {tuple(sorted(rows)) for rows in of.values() if len(rows) > 1}
    large = {group for group in held if len(group) > 1}
    exact = len(whole & large)
    return {
        "precision": round(right / max(said, 1), 4),
        "recall": round(right / wanted, 4),
        "f1": round(2 * right / (said + wanted), 4),
        "persons_f1": round(2 * exact / (len(whole) + len(large)), 4),
    }


COLUMNS = ("name", "phone", "id_number", "address")


def _ready_made() -> Teaching:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("name"), block_on("phone"), block_on("id_number"), block_on("address"),
            block_on("substr(name, 1, 1)", "substr(phone, 1, 7)"), block_on("substr(name, 1, 1)", "substr(address, 1, 12)"),
        ],
        comparisons=[
            cl.NameComparison("name"),
            cl.LevenshteinAtThresholds("phone", [1, 2]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("id_number", [1, 2]),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88, 0.7]),
        ],
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )  # fmt: skip
    sure = (("name", "phone"), ("id_number",))
    return Teaching(settings.create_settings_dict("duckdb"), sure, OURS.recall, (("phone",), ("name",), ("address",)))


def _tutorial() -> Teaching:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    first3, post3 = "substr(first_name,1,3)", "substr(postcode_fake,1,3)"
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on(first3, "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
            block_on(post3, "dob"), block_on(post3, "first_name"), block_on(post3, "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        retain_intermediate_calculation_columns=True,
    )  # fmt: skip
    sure = (("first_name", "surname", "dob"), ("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
            ("dob", "postcode_fake"))  # fmt: skip
    return Teaching(settings.create_settings_dict("duckdb"), sure, 0.6, (("first_name", "surname"), ("dob",)))


TUTORIAL_BITS = 4.2479  # the tutorial's probability of 0.95


def historical(file: Path) -> dict[str, Any]:
    """The tutorial's model once, then its pairs clustered by Splink at 0.95 and resolved by us at the same weight."""
    import pyarrow.parquet as pq

    from mingcha.adapters.linkage.splink import linker_of

    table = pq.read_table(file).to_pylist()
    parts = ("first_name", "surname", "dob", "postcode_fake", "birth_place", "occupation")
    truth = {row["unique_id"]: row["cluster"] for row in table}
    rows = []
    for row in table:
        both = f"{row['first_name']} {row['surname']}" if row["first_name"] and row["surname"] else None
        given = {part: row[part] for part in parts} | {"first_name_surname_concat": both}
        rows.append(PersonRow(id=row["unique_id"], parts=given))
    model = train(rows, _tutorial())
    linker = linker_of(rows, model)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        linker.inference.predict(), threshold_match_probability=0.95
    )
    theirs = defaultdict(list)
    for one in clusters.as_record_list():
        theirs[one["cluster_id"]].append(one["unique_id"])
    ours = resolve(rows, SplinkLinkage(model).pairs(rows, PERHAPS), (), TUTORIAL_BITS).groups
    return {
        **heading(f"persons.py historical {file.name}"),
        "rows": len(rows),
        "persons": len(set(truth.values())),
        "splink_tutorial": pairwise(truth, theirs.values()),
        "ours_driving_the_same": pairwise(truth, ours),
    }


if __name__ == "__main__":
    main()
