"""Learn the weights of `ads-model@<date>` from the posts written for it, and say how well they hold on posts left out.

    ads_train.py [--folds 5] [--model src/mingcha/standards/ads-model@DATE.json --line 0.5] [--out FILE]

Rows of bench/ads_written/*.jsonl were written by us, apart from the rules and from each other's files: `text, stance, trade`.
Two models share the features: whether a post is an ad, each feature counted by how unevenly it stands in the two kinds (its
log-ratio of naive Bayes, square root); and which answer, a trade or a stance. Prints one JSON object of the rows left out,
fold by fold. The line from which a post is an ad was set where a sample of real innocents (1,200 each of complaints, lawful
messages, questions and answers, statutes) gave half a percent of false alarms. `--model` learns from all rows and writes the weights.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from ads_disguise import disguised
from frozen import heading, wilson, write
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from mingcha.ads.judge import OTHER_TRADE, OURS
from mingcha.ads.reading import PostRead
from mingcha.ads.wording import key_of, written
from mingcha.model.advert import Stance
from mingcha.wiring import ad_reader

HERE = Path(__file__).parent
ANSWERS = [*OURS, OTHER_TRADE, *(one.value for one in Stance if one is not Stance.SOLICITS)]
SEEN, SEEN_BY_ANSWERS = 2, 8  # posts a feature must stand in
SHARE = 0.2  # of characters in the disguised copy of each row
STEADY = 8  # stretches any post is taken to have besides
WORDING = 10.0  # a stretch's value, so that one penalty fits stretches and named features
HOLD = 1.0  # how strongly weights are held to zero, in posts
HARD = "c-"  # rows written to be as close to ads as innocent words can be: the line is not chosen on them
SMALL = 150  # thousandths of log-odds (of a stretch, before it is divided) below which a row speaks for no answer, or for nothing
Floats = NDArray[np.float64]
Read = tuple[PostRead, tuple[str, ...]]


def all_rows() -> list[dict[str, Any]]:
    """All rows, in the order of their files."""
    files = sorted((HERE / "ads_written").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.open(encoding="utf-8")]


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
        named = Counter(name for _, features in posts for name in features)
        surfaces: dict[int, Counter[str]] = {}
        for post, _ in posts:
            for key, text in written(post.wording()).items():
                surfaces.setdefault(key, Counter())[text] += 1
        self.named = sorted(name for name, count in named.items() if count >= SEEN)
        texts = {key: of.most_common(1)[0][0] for key, of in surfaces.items() if of.total() >= SEEN}
        self.grams = {key: text for key, text in sorted(texts.items()) if key_of(text) == key}
        self._column = {name: at for at, name in enumerate([*self.named, *self.grams])}

    def __call__(self, posts: list[Read]) -> csr_matrix:
        """Shape (posts, columns)."""
        data, columns, ends = [], [], [0]
        for post, features in posts:
            mine = [self._column[name] for name in features if name in self._column]
            grams = [self._column[key] for key in written(post.wording()) if key in self._column]
            data += [1.0] * len(mine) + [WORDING / (len(grams) + STEADY) ** 0.5] * len(grams)
            columns += mine + grams
            ends.append(len(columns))
        return csr_matrix((data, columns, ends), shape=(len(posts), len(self._column)))

    def scale(self) -> Floats:
        """What turns a weight of the matrix into one of the model."""
        return np.array([1.0] * len(self.named) + [WORDING] * len(self.grams))


def least(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    """The weights of least loss."""
    found: Floats = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return found


def fit_ads(x: csr_matrix, ads: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights (columns,) and bias of whether a post is an ad."""
    many, few = (np.asarray((x[side] > 0).sum(axis=0)).ravel() + 1.0 for side in (ads, ~ads))
    uneven = np.sqrt(np.abs(np.log(many / many.sum() * few.sum() / few)))
    x, sign = x @ diags(uneven), np.where(ads, 1.0, -1.0)

    def loss(flat: Floats) -> tuple[float, Floats]:
        margin = sign * (x @ flat[:-1] + flat[-1])
        pull = -sign / (1 + np.exp(margin))
        gradient = np.append(x.T @ pull + HOLD * flat[:-1], pull.sum())
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


def write_model(target_: Path, table: Table, x: csr_matrix, rows: list[dict[str, Any]], line: float) -> None:
    """Learn from all rows; the model's file holds weights in thousandths, a stretch of wording a line."""
    ad, bias = fit_ads(x, np.array([is_ad(row) for row in rows]))
    answers, each = fit_answers(x, np.array([target(row) for row in rows]))
    whole = np.rint(np.column_stack([ad, answers]) * table.scale()[:, None] * 1000).astype(int).tolist()
    short = [row if max(map(abs, row[1:])) >= SMALL else row[:1] for row in whole]
    head = {
        "id": target_.stem,
        "answers": ANSWERS,
        "line": round(line * 1000),
        "steady": STEADY,
        "bias": np.rint(np.append(bias, each) * 1000).astype(int).tolist(),
        "named": dict(zip(table.named, short, strict=False)),
    }
    named = len(table.named)
    lines = [
        f"{json.dumps(text, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for text, row in zip(table.grams.values(), short[named:], strict=True)
        if max(map(abs, row)) >= SMALL
    ]
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    target_.write_text(f'{opening},"grams":{{\n' + ",\n".join(sorted(lines)) + "\n}}\n", encoding="utf-8")


def judged(rows: list[dict[str, Any]], chance: Floats) -> dict[str, Any]:
    """How the rows left out were judged, by line and by class at the line asked for."""
    ours = np.array([is_ad(row) for row in rows])
    innocent = np.array([row["stance"] != Stance.SOLICITS for row in rows])
    plain = innocent & np.array([not row["id"].startswith(HARD) for row in rows])
    out: dict[str, Any] = {"ads": int(ours.sum()), "innocents": int(innocent.sum()), "plain": int(plain.sum())}
    for line in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9):
        hit, false = int((chance[ours] >= line).sum()), int((chance[innocent] >= line).sum())
        found, alarms = wilson(hit, int(ours.sum())), wilson(false, int(innocent.sum()))
        f1 = 2 * hit / (hit + false + ours.sum())
        plainly = wilson(int((chance[plain] >= line).sum()), int(plain.sum()))
        out[f"at {line}"] = {"found": found, "false_alarms": alarms, "of_plain": plainly, "f1": round(float(f1), 4)}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--line", type=float, default=0.5)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    reader, rows = ad_reader(), all_rows()
    posts = [(post, reader.features(post)) for post in map(reader.read, (row["text"] for row in rows))]
    ads = np.array([is_ad(row) for row in rows])
    rng = random.Random(9)
    masked = [
        (post, reader.features(post)) for row in rows for post in [reader.read(disguised(row["text"], SHARE, rng))]
    ]
    if a.model:
        table = Table(posts)
        write_model(a.model, table, table(posts + masked), rows * 2, a.line)
    order = random.Random(5).sample(range(len(posts)), len(posts))
    chance = np.zeros(len(posts))
    for fold in range(a.folds):
        out = sorted(order[fold :: a.folds])
        mine = sorted(set(order) - set(out))
        table = Table([posts[at] for at in mine])
        both = [posts[at] for at in mine] + [masked[at] for at in mine]
        weights, bias = fit_ads(table(both), np.tile(ads[mine], 2))
        chance[out] = 1 / (1 + np.exp(-(table([posts[at] for at in out]) @ weights + bias)))
    said: dict[str, Any] = heading("ads_train.py") | {"rows": len(posts)} | judged(rows, chance)
    write(said, a.out)


if __name__ == "__main__":
    main()
