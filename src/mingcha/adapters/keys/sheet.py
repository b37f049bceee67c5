"""The ring on paper: groups of four letters that survive being typed in again, each line and the whole with its check.

Base32 has no 0, 1 or 8, so what is typed for O, I or B is understood; no slip and no lost line goes unnoticed.
"""

import re
import unicodedata
from base64 import b32decode, b32encode

from mingcha.adapters.keys.ring import FORMAT, Ring, letters_over, summed
from mingcha.adapters.keys.suite import SUITE
from mingcha.errors import KeyTrouble
from mingcha.model.words import Words

LETTERS, CHECK, SUM = 52, 4, 8  # of a secret, of a line's check, of the sheet's
LINE = re.compile(r"(root|w[0-9]{1,5}|sum)[ \t:]+(.*)", re.IGNORECASE)
LOOKALIKES = str.maketrans("018", "OIB")
HEAD = """\
明察 恢复单 / mingcha recovery sheet
{format}  {suite}  {kind}  {id}

凭此单即可读取本机构全部数据。请打印后删除电子版，离线分存两处；
轮换密钥后须重新打印。
Whoever holds this sheet can read everything. Print it, delete the file, keep
copies off-line in two places, and print a new one after every rotation.

"""


def written(ring: Ring) -> str:
    """The sheet, at most 80 columns wide; secrets on lines of their own."""
    kind = "开发密钥 development key" if ring.dev else "正式密钥 site key"
    lines = [f"{name:<6}{_groups(secret)}  {_check(name, secret)}" for name, secret in _named(ring)]
    lines.append(f"{'sum':<6}{_spaced(summed(ring))}")
    foot = f"\n{len(lines)} 行，缺一不可 / {len(lines)} lines, none may be missing\n"
    return HEAD.format(format=FORMAT, suite=SUITE, kind=kind, id=ring.id) + "\n".join(lines) + "\n" + foot


def read(text: str) -> Ring:
    """The ring on a sheet that was typed in; KeyTrouble names the line that is mistyped or missing."""
    found: dict[str, str] = {}
    for line in unicodedata.normalize("NFKC", text).splitlines():
        match = LINE.fullmatch(line.strip())
        if match:
            name = match[1].lower()
            letters = re.sub(r"[^A-Z2-7]", "", match[2].upper().translate(LOOKALIKES))
            if found.setdefault(name, letters) != letters:
                raise KeyTrouble(why=Words(f"恢复单的 {name} 行出现了两次", f"line {name} of the sheet stands twice"))
    total = found.pop("sum", None)
    wrapping = [name for name in (f"w{n}" for n in range(1, len(found))) if name in found]
    if total is None or "root" not in found or not wrapping or len(wrapping) != len(found) - 1:
        raise KeyTrouble(
            why=Words(
                "恢复单不完整：应有 root 行、连续的 w1、w2……行和 sum 行",
                "the sheet is incomplete: it has a line root, lines w1, w2, … without a gap, and a line sum",
            )
        )
    secrets = {name: _secret(name, letters) for name, letters in found.items()}
    for dev in (False, True):
        ring = Ring(dev, secrets["root"], tuple(secrets[name] for name in wrapping))
        if summed(ring) == total:
            return ring
    raise KeyTrouble(
        why=Words(
            "恢复单末尾缺行，或 sum 行有误", "a line is missing from the end of the sheet, or line sum was mistyped"
        )
    )


def _named(ring: Ring) -> list[tuple[str, bytes]]:
    return [("root", ring.root), *((f"w{n}", one) for n, one in enumerate(ring.wrapping, 1))]


def _groups(secret: bytes) -> str:
    return _spaced(b32encode(secret).decode().rstrip("="))


def _spaced(letters: str) -> str:
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def _check(name: str, secret: bytes) -> str:
    return letters_over(f"line/{name}", secret, CHECK)


def _secret(name: str, letters: str) -> bytes:
    if len(letters) != LETTERS + CHECK:
        raise KeyTrouble(
            why=Words(
                f"恢复单的 {name} 行有 {len(letters)} 个字母，应为 {LETTERS + CHECK} 个",
                f"line {name} of the sheet has {len(letters)} letters instead of {LETTERS + CHECK}",
            )
        )
    secret = b32decode(letters[:LETTERS] + "====")
    if _check(name, secret) != letters[LETTERS:]:
        raise KeyTrouble(why=Words(f"恢复单的 {name} 行有误", f"line {name} of the sheet was mistyped"))
    return secret
