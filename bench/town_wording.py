"""Whether wording alone gives the town's truth away: a linear classifier over bags of character bigrams, numpy only.

    python bench/town_wording.py SIZE SEED [--out FILE]

Ridge regression on presence of bigrams, slots and digits as they stand. Three splits: `unseen_scripts` trains on some rings and
tests on others (0.5 means wording carries nothing beyond a script's being shared), `seen_scripts` splits every ring in two
(what shared templates imply), and `shuffled` trains on shuffled labels (the noise). Only customers' own letters with a claim
are compared, so that topics do not stand in for truth. Simulated data: about the simulator, not about people.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from mingcha.demo.town import build

RIDGE = 30.0


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        same = scores == value
        ranks[same] = ranks[same].mean()
    good = int(truth.sum())
    return float((ranks[truth].sum() - good * (good + 1) / 2) / (good * (len(truth) - good)))


def bigrams(texts: list[str], names: dict[str, int]) -> np.ndarray:
    """Presence of each known bigram, a row a text, scaled to unit length."""
    out = np.zeros((len(texts), len(names)), dtype=np.float32)
    for row, text in enumerate(texts):
        out[row, [names[pair] for pair in {text[i : i + 2] for i in range(len(text) - 1)} if pair in names]] = 1
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


def fitted(texts: list[str], truth: np.ndarray, train: np.ndarray, test: np.ndarray) -> float:
    """AUC on `test` of a classifier made from `train`, classes weighed alike."""
    names = {pair: n for n, pair in enumerate(sorted({t[i : i + 2] for t in texts for i in range(len(t) - 1)}))}
    x = bigrams(texts, names)
    y = np.where(truth, 1.0, -1.0)
    weight = np.where(truth, 0.5 / truth[train].mean(), 0.5 / (~truth[train]).mean())[train, None]
    a = x[train]
    inner = (a * weight).T @ a + RIDGE * np.eye(len(names), dtype=np.float32)
    beta = np.linalg.solve(inner, (a * weight).T @ y[train])
    return auc(x[test] @ beta, truth[test])


def main(size: int, seed: int) -> dict[str, Any]:
    """One town."""
    town = build(size, seed)
    text_of = {row["id"]: row["text"] for row in town.tables["complaints"]}
    own = [one for one in town.truth if one.claims and one.cluster in (None, "dormitory", "relatives")]
    own = [one for one in own if not (one.ring or "").startswith(("text-only", "coercive", "advertised"))]
    texts, rings = [text_of[one.complaint] for one in own], [one.ring for one in own]
    truth = np.array([ring is not None for ring in rings])
    rng = np.random.default_rng(seed)
    half = rng.random(len(own)) < 0.5
    kinds = sorted({ring for ring in rings if ring})
    first = set(rng.permutation(kinds)[: len(kinds) // 2])
    unseen = np.array([ring in first if ring else bool(half[n]) for n, ring in enumerate(rings)])
    shuffled = truth.copy()
    rng.shuffle(shuffled)
    return {
        "simulated": True, "size": size, "seed": seed, "letters": len(own), "of_rings": int(truth.sum()), "rings": len(kinds),
        "date": datetime.now(UTC).date().isoformat(), "command": " ".join(sys.argv),
        "auc_unseen_scripts": round(fitted(texts, truth, unseen, ~unseen), 3),
        "auc_seen_scripts": round(fitted(texts, truth, half, ~half), 3),
        "auc_shuffled": round(fitted(texts, shuffled, half, ~half), 3),
    }  # fmt: skip


if __name__ == "__main__":
    found = main(int(sys.argv[1]), int(sys.argv[2]))
    said = json.dumps(found, ensure_ascii=False, indent=1)
    if "--out" in sys.argv:
        Path(sys.argv[sys.argv.index("--out") + 1]).write_text(said + "\n", encoding="utf-8")
    sys.stdout.write(said + "\n")
