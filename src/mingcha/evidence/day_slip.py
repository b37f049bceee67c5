"""The slip of a day: what is printed on one sheet and kept outside, so that chains made wholly anew are found by it.

Everything on it stands after a label (`root:`, `key:`, CHAIN:SEQ:), so that text and code are read back by one rule however they are
typed: in groups or not, in any case, in full-width letters, a digest by its first 16 digits.
"""

import re
import unicodedata

from mingcha.evidence.slip import grouped
from mingcha.model.days import SealedDay, Slip

FORMAT = "mingcha-day/1"
LABEL = re.compile(r"([a-z][a-z0-9_-]{0,31}):(?:([0-9]{1,15}):)?([0-9a-f]{0,64})")
DAY = re.compile(r"\bday:\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\b")
HEX = re.compile(r"[0-9a-f]+")
LEAST, WHOLE = 16, 64  # digits of a digest


def day_slip(one: SealedDay) -> str:
    """The slip in both languages."""
    listed = "".join(f"{label}\n  {grouped(digest)}\n" for label, digest in _labelled(one))
    return (
        f"明察 每日核验纸条 mingcha: slip of a day\n\n"
        f"day: {one.root.day} {one.zone}  （{one.root.count} 条记录 records）\n\n{listed}\n"
        "root 当日根值 of the day；key 审计公钥 public audit key；其余为链尾 the rest: heads\n"
        "请离开本系统另处保存。 Keep it apart from the house.\n"
        '核验 to check: mingcha verify --slip "…"\n'
    )


def day_code(one: SealedDay) -> str:
    """The same in one line of ASCII, for a QR code or a message."""
    told = " ".join(f"{label}{digest}" for label, digest in _labelled(one))
    return f"{FORMAT} day:{one.root.day} count:{one.root.count} {told}"


def read_slip(text: str) -> Slip:
    """What a slip says; ValueError (the part that cannot be read) where it says nothing that can be checked."""
    text = unicodedata.normalize("NFKC", text).lower()
    day = DAY.search(text)
    found = {label: digest for label, digest in _digests(DAY.sub(" / ", text)).items() if label[0] != "count"}
    for (name, seq), digest in found.items():
        if len(digest) < LEAST and (digest or seq or name in ("root", "key")):
            raise ValueError(f"{name}:{seq}")
    heads = tuple((name, int(seq), digest) for (name, seq), digest in found.items() if seq)
    root = found.get(("root", ""))
    if not root and not heads:
        raise ValueError(text[:LEAST])
    return Slip(day[1] if day else None, root, found.get(("key", "")), heads)


def _labelled(one: SealedDay) -> list[tuple[str, str]]:
    heads = [
        (f"{chain}:{head.partition(':')[0]}:", head.partition(":")[2]) for chain, head in sorted(one.heads.items())
    ]
    return [("root:", one.root.root), ("key:", one.root.signer), *heads]


def _digests(text: str) -> dict[tuple[str, str], str]:
    """Digests by label and place; digits before any label are the root's. A digest goes on until it is whole or a label comes."""
    found: dict[tuple[str, str], str] = {}
    current: tuple[str, str] | None = ("root", "")
    for token in text.split():
        label = LABEL.fullmatch(token)
        if label:
            current = (label[1], label[2] or "")
            found[current] = label[3]
        elif current and HEX.fullmatch(token) and len(found.get(current, "")) + len(token) <= WHOLE:
            found[current] = found.get(current, "") + token
        elif current and 0 < len(found.get(current, "")) < WHOLE:
            raise ValueError(token)
        else:
            current = None
    return found
