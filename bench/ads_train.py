"""Learn the weights of `ads-model@<date>` from the posts written for it, and say how well they hold on posts left out.

    ads_train.py [--lines 0.72 0.87 0.9 0.84] [--treated 1000] [--model src/mingcha/standards/ads-model@DATE.json] [--out FILE]

Rows of bench/ads_written/*.jsonl were written by us, apart from the rules and from each other's files: `text, stance, trade`.
Three models share the features. Two say whether a post is an ad, one told it from what does not solicit, the other from what
solicits for something else, each feature counted by how unevenly it stands in the two kinds (its log-ratio of naive Bayes,
square root); the third says which answer, a trade or a stance. Prints one JSON object of rows left out, a file at a time, for
a file has one writer; and what is lost of the ads among them in the disguises of `evasion.py`, which nothing is learnt from.
The lines from which a post is an ad, by length, were set where real innocents (1,200 to 6,000 each of complaints, lawful
messages, questions and answers, statutes) gave half a percent of false alarms. `--model` learns from all rows and writes.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from ads_accuracy import DISGUISES
from ads_disguise import disguised
from evasion import treated
from frozen import heading, wilson, write
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from mingcha.actions.judging import LOT
from mingcha.ads.judge import OTHER_TRADE, OURS, Judge
from mingcha.ads.model import SUMS, load_model
from mingcha.ads.reading import Reader
from mingcha.ads.wording import keys_of, written
from mingcha.model.advert import Stance
from mingcha.wiring import ad_reader

HERE = Path(__file__).parent
ANSWERS = [*OURS, OTHER_TRADE, *(one.value for one in Stance if one is not Stance.SOLICITS)]
SEEN, SEEN_BY_ANSWERS = 3, 8  # posts a feature must stand in
SHARE = 0.2  # of characters in the disguised copy of each row
STEADY = 4  # stretches any post is taken to have besides
WORDING = 10.0  # a stretch's value, so that one penalty fits stretches and named features
HOLD = 0.7  # how strongly weights are held to zero, in posts
HARD = "c-"  # rows written to be as close to ads as innocent words can be: the lines are not chosen on them
LENGTHS = (20, 50, 100)  # units at which another line holds
SMALL = 200  # thousandths of log-odds (of a stretch, before it is divided) below which a row says nothing of ads
SMALL_ANSWER = 1500  # and of answers
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
WAYS = {**{name: [treat] for name, treat in DISGUISES.items()}, "all": list(DISGUISES.values())}
RATES = (0.1, 0.2)
Read = tuple[tuple[str, ...], dict[int, str]]  # named features, stretches by key


def all_rows() -> list[dict[str, Any]]:
    """All rows, in the order of their files."""
    files = sorted((HERE / "ads_written").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.open(encoding="utf-8")]


def solicits(row: dict[str, Any]) -> bool:
    """Whether the row offers something to buy or to join, lawful or not."""
    return row["stance"] in (Stance.SOLICITS, Stance.LAWFUL_OFFER)


def is_ad(row: dict[str, Any]) -> bool:
    """Whether the row solicits for one of our trades."""
    return bool(row["stance"] == Stance.SOLICITS and row["trade"] != "other")


def target(row: dict[str, Any]) -> Floats:
    """How much each answer is the row's: a post of several trades is of each a little."""
    if row["stance"] != Stance.SOLICITS:
        mine = [row["stance"]]
    elif row["trade"] in OURS:
        mine = [row["trade"]]
    else:
        mine = list(OURS[:4]) if row["trade"] == "mixed" else [OTHER_TRADE]
    return np.array([(name in mine) / len(mine) for name in ANSWERS])


class Table:
    """Features of posts as rows of a sparse matrix; its columns are learnt from some posts."""

    def __init__(self, posts: list[Read]) -> None:
        named = Counter(name for features, _ in posts for name in features)
        surfaces: dict[int, Counter[str]] = {}
        for _, spelt in posts:
            for key, text in spelt.items():
                surfaces.setdefault(key, Counter())[text] += 1
        self.named = sorted(name for name, count in named.items() if count >= SEEN)
        texts = {key: of.most_common(1)[0][0] for key, of in surfaces.items() if of.total() >= SEEN}
        keys = keys_of(list(texts.values())).tolist()
        self.grams = {key: text for (key, text), read in sorted(zip(texts.items(), keys, strict=True)) if read == key}
        self._column = {name: at for at, name in enumerate([*self.named, *self.grams])}

    def __call__(self, posts: list[Read]) -> csr_matrix:
        """Shape (posts, columns)."""
        data, columns, ends = [], [], [0]
        for features, spelt in posts:
            mine = [self._column[name] for name in features if name in self._column]
            grams = [self._column[key] for key in spelt if key in self._column]
            data += [1.0] * len(mine) + [WORDING / (len(grams) + STEADY) ** 0.5] * len(grams)
            columns += mine + grams
            ends.append(len(columns))
        return csr_matrix((data, columns, ends), shape=(len(posts), len(self._column)))

    def scale(self) -> Floats:
        """What turns a weight of the matrix into one of the model."""
        return np.array([1.0] * len(self.named) + [WORDING] * len(self.grams))


def least(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    """The weights of least loss."""
    found: Floats = minimize(
        loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 150, "ftol": 1e-7}
    ).x
    return found


def fit_ads(x: csr_matrix, rows: list[dict[str, Any]]) -> tuple[Floats, Floats]:
    """Weights (columns, 2) and bias (2,): ads against what does not solicit, and against what solicits for something else."""
    ads, offers = np.array(list(map(is_ad, rows))), np.array(list(map(solicits, rows)))
    sides = [_fit_side(x[mine], ads[mine]) for mine in (ads | ~offers, offers)]
    return np.column_stack([weights for weights, _ in sides]), np.array([bias for _, bias in sides])


def _fit_side(x: csr_matrix, ads: Bools) -> tuple[Floats, float]:
    many, few = (np.asarray((x[side] > 0).sum(axis=0)).ravel() + 1.0 for side in (ads, ~ads))
    uneven = np.sqrt(np.abs(np.log(many / many.sum() * few.sum() / few)))
    x, sign = (x @ diags(uneven)).tocsr(), np.where(ads, 1.0, -1.0)
    turned = x.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        margin = sign * (x @ flat[:-1] + flat[-1])
        pull = -sign / (1 + np.exp(margin))
        gradient = np.append(turned @ pull + HOLD * flat[:-1], pull.sum())
        return float(np.logaddexp(0, -margin).sum() + HOLD * (flat[:-1] ** 2).sum() / 2), gradient

    flat = least(loss, x.shape[1] + 1)
    return flat[:-1] * uneven, float(flat[-1])


def fit_answers(x: csr_matrix, goal: Floats) -> tuple[Floats, Floats]:
    """Weights (columns, answers) and bias (answers,) of which answer; rare features have none."""
    often = np.flatnonzero(np.asarray((x > 0).sum(axis=0)).ravel() >= SEEN_BY_ANSWERS)
    some, answers = x[:, often], goal.shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = flat[:-answers].reshape(-1, answers), flat[-answers:]
        scores = some @ weights + bias
        logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        wrong = np.exp(logs) - goal
        gradient = np.concatenate([(some.T @ wrong + HOLD * weights).ravel(), wrong.sum(axis=0)])
        return float(-(goal * logs).sum() + HOLD * (weights**2).sum() / 2), gradient

    flat = least(loss, (len(often) + 1) * answers)
    weights = np.zeros((x.shape[1], answers))
    weights[often] = flat[:-answers].reshape(-1, answers)
    return weights, flat[-answers:]


def fitted(name: str, posts: list[Read], rows: list[dict[str, Any]], lines: list[float], *, answers: bool) -> str:
    """Learn from posts; the model's file: weights in thousandths, to the hundredth, a stretch of wording a line."""
    table = Table(posts[: len(posts) // 2])
    x = table(posts)
    ad, bias = fit_ads(x, rows)
    each, base = fit_answers(x, np.array([target(row) for row in rows])) if answers else (ad[:, :0], bias[:0])
    whole = (np.rint(np.column_stack([ad, each]) * table.scale()[:, None] * 100) * 10).astype(int).tolist()
    named = len(table.named)
    head = {
        "id": name,
        "answers": ANSWERS,
        "lengths": LENGTHS,
        "lines": [round(line * 1000) for line in lines],
        "steady": STEADY,
        "bias": np.rint(np.append(bias, base) * 1000).astype(int).tolist(),
        "named": dict(zip(table.named, whole, strict=False)),
    }
    rows_of = [(text, _short(row)) for text, row in zip(table.grams.values(), whole[named:], strict=True)]
    told = [
        f"{json.dumps(text, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for text, row in rows_of
        if row
    ]
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    return f'{opening},"grams":{{\n' + ",\n".join(sorted(told)) + "\n}}\n"


def _short(row: list[int]) -> list[int]:
    """A stretch's row without what is too small to say anything."""
    if max(map(abs, row[SUMS:]), default=0) >= SMALL_ANSWER:
        return row
    return row[:SUMS] if max(map(abs, row[:SUMS])) >= SMALL else []


def judged(rows: list[dict[str, Any]], said: Bools) -> dict[str, Any]:
    """How the rows left out were judged, and by class."""
    ours = np.array(list(map(is_ad, rows)))
    innocent = np.array([row["stance"] != Stance.SOLICITS for row in rows])
    plain = innocent & np.array([not row["id"].startswith(HARD) for row in rows])
    hit = int((said & ours).sum())
    out: dict[str, Any] = {
        "ads": int(ours.sum()),
        "f1": round(float(2 * hit / (said.sum() + ours.sum())), 4),
        "precision": [round(hit / int(said.sum()), 4), *wilson(hit, int(said.sum()))],
        "recall": [round(hit / int(ours.sum()), 4), *wilson(hit, int(ours.sum()))],
    }
    for name, mine in (("innocents", innocent), ("plain_innocents", plain), ("other_trades", ~innocent & ~ours)):
        out[name] = {"rows": int(mine.sum()), "taken_for_ads": int((said & mine).sum())}
    classes = [row["trade"] if row["stance"] == Stance.SOLICITS else row["stance"] for row in rows]
    out["by_class"] = {
        of: {"rows": classes.count(of), "taken_for_ads": int(said[[one == of for one in classes]].sum())}
        for of in sorted(set(classes))
    }
    return out


def ads_said(judge: Judge, texts: list[str]) -> list[bool]:
    """Which posts are taken for ads."""
    return [one.is_ad for at in range(0, len(texts), LOT) for one in judge.judge_all(texts[at : at + LOT])]


def left_out(
    reader: Reader, rows: list[dict[str, Any]], posts: list[Read], a: argparse.Namespace
) -> tuple[Bools, Counter[str]]:
    """Which rows are taken for ads by a model that learnt from all other files, and how many ads each disguise hides."""
    files = [row["id"].split("-")[0] for row in rows]
    some = random.Random(3).sample([at for at, row in enumerate(rows) if is_ad(row)], a.treated)
    said, lost = np.zeros(len(rows), np.bool_), Counter[str]()
    for file in sorted(set(files)):
        mine = [at for at, one in enumerate(files) if one != file]
        learnt = [posts[at + copy] for copy in (0, len(rows)) for at in mine]
        model = fitted("ads-model@left-out", learnt, [rows[at] for at in mine] * 2, a.lines, answers=False)
        judge = Judge(reader, load_model(json.loads(model), keys_of))
        out = [at for at, one in enumerate(files) if one == file]
        said[out] = ads_said(judge, [rows[at]["text"] for at in out])
        ads = [at for at in some if files[at] == file]
        for name, treats in WAYS.items():
            for rate in RATES:
                rng = random.Random(f"{name} {rate} {file}")
                found = ads_said(judge, [treated(rows[at]["text"], treats, rate, rng)[0] for at in ads])
                lost[f"{name} {rate:.0%}"] += int(said[ads].sum()) - sum(found)
    return said, lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=float, nargs=len(LENGTHS) + 1, default=[0.72, 0.87, 0.9, 0.84])
    parser.add_argument("--treated", type=int, default=1000)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    reader, rows = ad_reader(), all_rows()
    rng = random.Random(9)
    texts = [row["text"] for row in rows] + [disguised(row["text"], SHARE, rng) for row in rows]
    posts = [(reader.features(post), written(post.wording)) for post in map(reader.read, texts)]
    if a.model:
        a.model.write_text(fitted(a.model.stem, posts, rows * 2, a.lines, answers=True), encoding="utf-8")
    said, lost = left_out(reader, rows, posts, a)
    result: dict[str, Any] = heading("ads_train.py") | {"rows": len(rows), "lines": a.lines} | judged(rows, said)
    result["points_lost_in_disguise"] = {name: round(100 * of / a.treated, 2) for name, of in lost.items()}
    write(result, a.out)


if __name__ == "__main__":
    main()
