#!/usr/bin/env python3
"""核验证据包 Check an evidence bundle with Python 3.8 or later alone: no network, nothing is written, no code of mingcha.

    python3 verify.py [FOLDER] [KEPT ...]

KEPT: what a slip says, the root or CHAIN:SEQ:HASH of a head (16 digits or more); only by it is a bundle made wholly anew found.
Exit status: 0 all holds, 1 something does not, 2 there is no bundle.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

LINK, HEADER, LEAF, DAY, COMMIT = (f"mingcha/{x}/1\0".encode() for x in ("link", "export", "bundle", "day", "commit"))
ROOT, TOKEN, MANIFEST, TAGS = "root.json", "timestamp.tsr", "manifest-sha256.txt", "tagmanifest-sha256.txt"
SM3, INDEX, CUSTODY, WITNESS = "manifest-sm3.txt", "data/index.json", "data/custody.jsonl", "data/witness.json"
GENESIS, MAX_JSON, HAS_SM3 = {"hash": "0" * 64, "seq": 0}, 1 << 26, "sm3" in hashlib.algorithms_available
LITTER = re.compile(r"(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini)")  # what desktops leave behind: named, not judged
KEPT = re.compile(r"(?:([a-z][a-z0-9_-]{0,31}):([0-9]{1,15}):)?((?:[0-9a-f]\s*){16,64})", re.I)
HOSTILE = (OSError, RuntimeError, ValueError, LookupError, TypeError, AttributeError)
TABLE = """missing |  缺少此文件，应为 SHA-256 {0} | this file is missing: SHA-256 {0} is expected
added         | 多出此文件，清单与 root.json 都没有它 | this file was added: neither manifest nor root.json names it
renamed       | 此文件被改名，应名为 {0} | this file was renamed: its name is {0}
reordered     | 此处放的是另一文件的内容：{0} | the content of another file lies here: {0}
truncated     | 文件被截短，应有 {0} 字节，实有 {1} | this file was cut short: {0} bytes are expected, not {1}
changed       | 内容被改，应为 SHA-256 {0}，实为 {1} | its content was changed: SHA-256 {0} is expected, not {1}
unreadable    | 无法读取：{0} | it cannot be read: {0}
manifest      | 清单被改，与文件和 root.json 不符：{0} | the manifest was changed, file and root.json agree: {0}
root          | 与根值不符，清单可能被重做：{0} | not what the root is over; manifests may be made anew: {0}
index         | 证据目录不符：{0} | the index of exhibits does not hold: {0}
chain         | 保管链断裂：{0} | the custody chain is broken: {0}
custody       | 保管链没有封存这件证据：{0} | the custody chain did not seal this exhibit: {0}
path          | 到当日根值的路径不成立：{0} | the path to the root of the day does not hold: {0}
token         | 时间戳不是对本包根值的：{0} | the time-stamp is not over this root: {0}
sm3           | SM3 不符，应为 {0}，实为 {1} | SM3 {0} is expected, not {1}
slip          | 与纸条所载不符：{0}，包内为 {1} | not what the slip says: {0}; here it is {1}
anchored      | 已在外部锚定：根值与包外留存的相同 | anchored outside: the root is the one kept outside
stamped       | 已在外部锚定：时间戳（{0}）载有本包根值，须 openssl 答 OK 才成立 | anchored outside: the time-stamp ({0}) is over the root, if openssl says OK
witnessed     | 内部见证：证据的保管记录都在本机构签名的当日根值之下 | witnessed inside: the exhibits' records are under roots of days that the house signed
self-attested | 自证：包内相互一致；整包重做者须以纸条上的根值发现 | self-attested: it agrees with itself; one made wholly anew is found by the slip's root
broken        | 不符：不作任何保证 | broken: no assurance"""  # every fault, then what a whole bundle is worth; 核验.html is made from this table
WORDS = {
    code.strip(): (zh.strip(), en.strip()) for code, zh, en in (row.split("|") for row in TABLE.strip().split("\n"))
}


def canonical(value: Any) -> bytes:
    """RFC 8785 for what stands in a bundle: strings, whole numbers, lists, null, objects with plain keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parse(data: bytes, where: str = "") -> Any:
    """The object behind canonical bytes; ValueError when these are not the canonical bytes of one."""
    try:
        value = json.loads(data.decode(), parse_int=lambda text: int(text[:16]), parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or canonical(value) != data:
        raise ValueError(f"{where}不是规范 JSON not canonical JSON")
    return value


def sha256(*parts: bytes) -> bytes:
    """Digest of parts put together."""
    return hashlib.sha256(b"".join(parts)).digest()


def merkle(leaves: Iterable[bytes]) -> str:
    """RFC 6962 section 2.1; an odd last node is carried up."""
    level = [sha256(b"\0", leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [sha256(b"\1", *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex() if level else ""


def der(data: bytes) -> list[bytes]:
    """The contents of the elements of DER (X.690), one level deep; ValueError or IndexError when it is none."""
    if not data:
        return []
    start = 2 + (data[1] & 127 if data[1] & 128 else 0)
    end = start + (int.from_bytes(data[2:start], "big") if start > 2 else data[1])
    if end > len(data):
        raise ValueError("不是 DER not DER")
    return [data[start:end], *der(data[end:])]


def imprint(token: bytes) -> tuple[str, str]:
    """What an RFC 3161 answer is over (SHA-256, hex), and its time; ValueError or IndexError when it is none."""
    (whole,) = der(token)
    status, content = der(whole)
    signed = der(content)
    inner = der(der(der(signed[1])[0])[2])
    told = der(der(der(inner[1])[0])[0])
    algorithm, digest = der(told[2])
    oids = b"".join((signed[0], inner[0], der(algorithm)[0])).hex()
    if oids != "2a864886f70d0107022a864886f70d0109100104608648016503040201" or der(status)[0] not in (b"\0", b"\1"):
        raise ValueError("不是 SHA-256 时间戳 no granted time-stamp over SHA-256")
    return digest.hex(), told[4].decode("ascii")


def rows(data: bytes) -> dict[str, str]:
    """Digests by path of a manifest; ValueError when it is not of its form."""
    found = {path: digest for digest, _, path in (line.partition("  ") for line in data.decode().split("\n")[:-1])}
    if "".join(f"{found[path]}  {path}\n" for path in sorted(found)).encode() != data:
        raise ValueError("格式或次序 form or order")
    return found


class Check:
    """The bundle in a folder under examination; `problems` (code, file, facts) is empty when all holds."""

    def __init__(self, base: str) -> None:
        self.files: dict[str, str] = {}
        for here, folders, names in os.walk(base):
            for whole in (os.path.join(here, name) for name in folders + names):
                if os.path.islink(whole) or not os.path.isdir(whole):
                    self.files[os.path.relpath(whole, base).replace(os.sep, "/")] = whole
        self.litter = [path for path in sorted(self.files) if LITTER.fullmatch(path) and self.files.pop(path)]
        self.problems: list[tuple[str, str, tuple[str, ...]]] = []
        self.found: dict[str, tuple[int, str, str]] = {}
        self.leaves: dict[str, tuple[int, str]] = {}
        self.records: dict[tuple[str, int], tuple[str, Any]] = {}
        self.sealed: set[tuple[str, int]] = set()
        self.root, self.stamp, self.level, self.witnessed = "", "", "broken", set(self.sealed)

    def fail(self, code: str, where: str, *facts: Any) -> None:
        """Keep one thing that does not hold."""
        self.problems.append((code, where, tuple(str(fact) for fact in facts)))

    def part(self, code: str, path: str, read: Callable[[Any], Any], most: int = MAX_JSON) -> Any:
        """What `read` makes of one file (`most` 0: of the open file); what cannot be understood is a problem of this code."""
        try:
            if path in self.files and (os.path.islink(self.files[path]) or not os.path.isfile(self.files[path])):
                raise ValueError("不是普通文件 not a plain file")
            with open(self.files[path], "rb") as source:
                return read(source.read(most) if most else source)
        except HOSTILE as error:
            return self.fail(code, path, str(error)[:200] if path in self.files else "缺少 missing")

    def digests(self, source: Any) -> tuple[int, str, str]:
        """Size, SHA-256 and SM3 of a file, read in pieces."""
        sums = [hashlib.new(name) for name in ("sha256", "sm3")[: 1 + (HAS_SM3 and SM3 in self.files)]]
        for piece in iter(lambda: source.read(1 << 20), b""):
            for one in sums:
                one.update(piece)
        return source.tell(), sums[0].hexdigest(), sums[-1].hexdigest()

    def run(self, kept: Iterable[str] = ()) -> None:
        """Everything, in order; `kept` is what KEPT matches."""
        for path in sorted(self.files):
            self.found[path] = self.part("unreadable", path, self.digests, 0) or (0, "", "")
        self.part("root", ROOT, self.read_root)
        over, self.stamp = (self.part("token", TOKEN, imprint) if TOKEN in self.files else None) or (self.root, "")
        if over != self.root:
            self.fail("token", TOKEN, f"{over} ≠ {self.root}")
        payload, tags = (self.part("manifest", name, rows) or {} for name in (MANIFEST, TAGS))
        self.compare({**tags, **payload})
        sm3 = self.part("manifest", SM3, rows) if HAS_SM3 and SM3 in self.files else None
        for path, digest in (sm3 or {}).items():
            if self.found.get(path, (0, "", digest))[2] != digest:
                self.fail("sm3", path, digest, self.found[path][2])
        self.part("chain", CUSTODY, self.read_chain, 0)
        if WITNESS in self.files:
            self.part("path", WITNESS, self.read_witness)
        self.part("index", INDEX, self.read_index)
        self.level = "stamped" if self.stamp else "witnessed" if self.sealed <= self.witnessed else "self-attested"
        for one in kept:
            chain, seq, digest = KEPT.findall("".join(one.lower().split()))[0]
            here = self.records.get((chain, int(seq)), ("—", ""))[0] if chain else self.root
            self.level = self.level if chain else "anchored"
            if not here.startswith(digest):
                self.fail("slip", CUSTODY if chain else ROOT, one, here)
        self.level = "broken" if self.problems else self.level

    def read_root(self, data: bytes) -> None:
        """root.json: its leaves, and the root over them made again."""
        told = parse(data)
        leaves = sorted(told["leaves"], key=lambda one: one["path"])
        self.leaves = {one["path"]: (int(one["size"]), str(one["sha256"])) for one in leaves}
        self.root = merkle(LEAF + canonical(one) for one in told["leaves"])
        if told != {"count": len(self.leaves), "format": "mingcha-bundle/1", "leaves": leaves, "root": self.root}:
            raise ValueError(f"{len(leaves)}: {self.root}")

    def compare(self, listed: dict[str, str]) -> None:
        """Each file against root.json and its manifest: whichever of the three stands alone was changed."""
        votes, whole = {}, ROOT in self.found and ROOT not in (where for _, where, _ in self.problems)
        for path in sorted({*self.found, *self.leaves, *listed} - {TAGS}, key=lambda one: (one not in self.found, one)):
            here, vote = self.found.get(path, (0, None))[1], listed.get(path)
            leaf = self.leaves.get(path, (0, None))[1] if self.leaves and path not in (ROOT, TOKEN) else vote
            votes[path] = (here, here if path == ROOT and whole else leaf, vote)
        homes = {leaf or vote: path for path, (_, leaf, vote) in votes.items()}  # a lost one before its double
        strays = {here for here, leaf, vote in votes.values() if leaf is vote is None}
        for path, (here, leaf, vote) in votes.items():
            home = homes.get(here, path)
            if here == "" or here == leaf == vote or (here is None and leaf == vote and leaf in strays):
                continue  # said already, or right, or said of the file that lies elsewhere now
            if here == leaf:
                self.fail("manifest", MANIFEST if path[:5] == "data/" else TAGS, path)
            elif here == vote:
                self.fail("root", path, leaf or "—")
            elif here is None:
                self.fail("missing", path, leaf or vote)
            elif leaf is vote is None:
                self.fail("renamed" if home != path and votes[home][0] is None else "added", path, home)
            elif home != path:
                self.fail("reordered", path, home)
            elif self.found[path][0] < self.leaves.get(path, (0, ""))[0]:
                self.fail("truncated", path, self.leaves[path][0], self.found[path][0])
            else:
                self.fail("changed", path, leaf or vote, here)

    def read_chain(self, source: Any) -> None:
        """Every record, from the first of its chain to the head that the first line promises."""
        ends: dict[str, Any] = {}
        records, promised = dict(self.records), None
        for number, line in enumerate(iter(lambda: source.readline(MAX_JSON), b""), 1):
            where = f"第 {number} 行 line {number}: "
            row = parse(line[:-1], where)
            own = row.pop("hash")
            if own != sha256(LINK if number > 1 else HEADER, canonical(row)).hex():
                raise ValueError(f"{where}内容被改 changed")
            if number == 1:
                promised = row["heads"]
                continue
            last = ends.get(row["chain"], GENESIS)
            if (row["seq"], row["previous"]) != (last["seq"] + 1, last["hash"]):
                raise ValueError(f"{where}应为 expected {row['chain']}:{last['seq'] + 1} ← {last['hash']}")
            ends[row["chain"]] = {"hash": own, "seq": row["seq"]}
            records[row["chain"], row["seq"]] = (own, parse(row["payload"].encode(), where).get("commitment"))
        if not ends or ends != promised:
            raise ValueError(f"链尾缺失 cut short: {promised} ≠ {ends}")
        self.records = records

    def read_witness(self, data: bytes) -> None:
        """Paths from custody records to the signed roots of days."""
        days = {one["day"]: one["root"] for one in parse(data)["days"] if one["signature"]}
        for one in parse(data)["paths"]:
            key = one["chain"], one["seq"]
            leaf = canonical({"chain": key[0], "hash": self.records.get(key, ("",))[0], "seq": key[1]})
            digest = sha256(b"\0", DAY, leaf)
            for side, step in one["steps"]:
                pair = (bytes.fromhex(step), digest) if side == "left" else (digest, bytes.fromhex(step))
                digest = sha256(b"\1", *pair)
            if digest.hex() == days.get(one["day"]):
                self.witnessed.add(key)
            elif self.records:
                self.fail("path", WITNESS, f"{key[0]}:{key[1]} → {one['day']}")

    def read_index(self, data: bytes) -> None:
        """Each exhibit by its number, its file, and the custody record that sealed it."""
        exhibits = parse(data)["exhibits"]
        width = max(3, len(str(exhibits[-1]["number"])))
        for number, one in enumerate(exhibits, 1):
            path, seal, facts = one["path"], one["sealed"], (one["size"], one["sha256"])
            begins = f"data/{number:0{width}d}-{one['sha256'][:8]}."
            right = one["number"] == number and path.startswith(begins) and (one["derived_from"] or 0) in range(number)
            if not right or (self.leaves and self.leaves.get(path) != facts):
                self.fail("index", INDEX, f"{number}: {path}")
            key, said = (seal["chain"], seal["seq"]), seal["said"].encode()
            told, commits = parse(said), sha256(COMMIT, bytes.fromhex(seal["salt"]), said).hex()
            known = self.records.get(key, ("", ""))[1] if self.records else commits
            if (told["size"], told["sha256"], known) != (*facts, commits):
                self.fail("custody", path, f"{key[0]}:{key[1]}")
            self.sealed.add(key)
        for path in sorted({p for p in self.leaves if re.match(r"data/\d", p)} - {one["path"] for one in exhibits}):
            self.fail("index", INDEX, path)


def main(arguments: list[str]) -> int:
    """Every fault, what was not checked, and in bold what the bundle is worth."""
    kept = [one for one in arguments if KEPT.fullmatch(one)]
    bases = [one for one in arguments if one not in kept] or [os.path.dirname(os.path.abspath(__file__))]
    check = Check(bases[0])
    if len(bases) > 1 or not {ROOT, MANIFEST, TAGS} & {*check.files}:
        sys.stderr.write(f"{__doc__}\n不是证据包 no evidence bundle\n")
        return 2
    check.run(kept)
    lines = [f"{len(check.found)} 个文件 files，根值 root {check.root}"]
    lines += [f"桌面系统留下，不属于本包 left by a desktop, not of the bundle: {path}" for path in check.litter]
    for code, where, facts in check.problems:
        lines += [f"不符 BROKEN [{code}] {where}", *("    " + words.format(*facts) for words in WORDS[code])]
    sm3 = "" if HAS_SM3 or SM3 not in check.files else f"; SM3: openssl dgst -sm3 FILE ({SM3})"
    stamp = f"; openssl ts -verify -digest {check.root} -in {TOKEN} -CAfile AUTHORITY.pem" if check.stamp else ""
    lines += [f"未核验 not checked: 签名 signatures{stamp}{sm3}", *(w.format(check.stamp) for w in WORDS[check.level])]
    lines = ["".join(one if one.isprintable() else f"\\u{{{ord(one):x}}}" for one in line) for line in lines]
    lines[-2:] = [f"\033[1m{line}\033[0m" if sys.stdout.isatty() else f"**{line}**" for line in lines[-2:]]
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
