"""Whether a text names somebody or something: names as they are written, found through the fold; numbers only as a whole."""

import re
from collections.abc import Iterable

from mingcha.text.normalise import normalise

LEAST = 2  # characters; one character alone names nobody


def named_in(text: str, names: Iterable[str]) -> bool:
    """Whether any of the names stands in the text, disguises folded away.

    >>> named_in("王 伟（工号8012）态度恶劣", ["王伟"]), named_in("尾号80123", ["8012"])
    (True, False)
    """
    folded = normalise(text).text
    return any(_stands(normalise(name).text, folded) for name in names)


def _stands(name: str, text: str) -> bool:
    if len(name) < LEAST or name not in text:
        return False
    if re.fullmatch(r"[0-9a-z]+", name) is None:
        return True
    return re.search(rf"(?<![0-9a-z]){name}(?![0-9a-z])", text) is not None
