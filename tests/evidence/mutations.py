"""Ways to tamper with a bundle, {path: bytes}; each says which explanations would be right for it."""

import json
import random
from collections.abc import Callable, Mapping
from hashlib import new, sha256
from typing import Any

from tests.evidence.bundles import AT, SUITE

from mingcha.evidence.bundle import HAS_SM3, LEAF_DOMAIN
from mingcha.evidence.canonical import canonical
from mingcha.evidence.export import header
from mingcha.evidence.merkle import root
from mingcha.evidence.seal import GENESIS, link_hash
from mingcha.model.stored import Link

Files = dict[str, bytes]
Tampered = tuple[Files, set[str]]
ROOT, TOKEN, TAGS, MANIFEST, SM3 = (
    "root.json",
    "timestamp.tsr",
    "tagmanifest-sha256.txt",
    "manifest-sha256.txt",
    "manifest-sm3.txt",
)
INDEX, CUSTODY, WITNESS = "data/index.json", "data/custody.jsonl", "data/witness.json"
ABOUT_ROOT = {ROOT: {"root"}, TOKEN: {"token", "changed"}, TAGS: {"manifest", "changed", "renamed", "added"}}


def exhibits(files: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in files if path.startswith("data/0"))


def remade(files: Mapping[str, bytes], *, rooted: bool = False) -> Files:
    """Every manifest made anew over these files, and the root too where asked: what a forger can do."""
    out = {path: data for path, data in files.items() if path not in (MANIFEST, SM3, TAGS)}
    payload = {path: data for path, data in sorted(out.items()) if path.startswith("data/")}
    out[MANIFEST] = "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in payload.items()).encode()
    if HAS_SM3:
        out[SM3] = "".join(f"{new('sm3', data).hexdigest()}  {path}\n" for path, data in payload.items()).encode()
    return tagged(rerooted(out) if rooted else out)


def rerooted(files: Mapping[str, bytes]) -> Files:
    named = [
        {"path": path, "sha256": sha256(data).hexdigest(), "size": len(data)}
        for path, data in sorted(files.items())
        if path not in (ROOT, TOKEN, TAGS)
    ]
    top = root([LEAF_DOMAIN + canonical(one) for one in named])
    return {**files, ROOT: canonical({"count": len(named), "format": "mingcha-bundle/1", "leaves": named, "root": top})}


def tagged(files: Mapping[str, bytes]) -> Files:
    tags = sorted(
        (path, sha256(data).hexdigest())
        for path, data in files.items()
        if not path.startswith("data/") and path != TAGS
    )
    return {**files, TAGS: "".join(f"{digest}  {path}\n" for path, digest in tags).encode()}


def flip(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice([path for path in sorted(files) if files[path]])
    data = bytearray(files[path])
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return {**files, path: bytes(data)}, ABOUT_ROOT.get(path, {"changed"})


def remove(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice(sorted(files))
    kept = {name: data for name, data in files.items() if name != path}
    return kept, {TAGS: {"manifest"}, ROOT: {"root"}}.get(path, {"missing"})


def add(rng: random.Random, files: Files, other: Files) -> Tampered:
    place = rng.choice(
        [
            "data/006-aaaaaaaa.pdf",
            "data/papers/x.txt",
            "note.txt",
            "data/x/y/z",
            "DATA/001-9b7ffeaa.pdf",
            "con",
            "a\u202eb",
        ]
    )
    content = rng.choice([rng.randbytes(rng.randrange(50)), files[rng.choice(sorted(files))]])
    return {**files, place: content}, {"added"}


def rename(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice(sorted(set(files) - set(ABOUT_ROOT)))
    to = rng.choice([path + "x", "data/" + path, path.upper() if path.upper() != path else path + "1", path[:-1]])
    return {**{name: data for name, data in files.items() if name != path}, to: files[path]}, {"renamed"}


def swap(rng: random.Random, files: Files, other: Files) -> Tampered:
    one, two = rng.sample(sorted(set(files) - set(ABOUT_ROOT)), 2)
    if files[one] == files[two]:
        one, two = INDEX, CUSTODY
    return {**files, one: files[two], two: files[one]}, {"reordered"}


def shorten(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice([path for path in sorted(files) if files[path]])
    data = files[path][: rng.randrange(len(files[path]))]
    return {**files, path: data}, ABOUT_ROOT.get(path, {"truncated", "reordered"} if not data else {"truncated"})


def lengthen(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice([path for path in sorted(files) if path not in (TAGS, ROOT)])
    return {**files, path: files[path] + rng.choice([b"\0", b"\n", b" ", rng.randbytes(9)])}, {"changed"}


def cut_chain(rng: random.Random, files: Files, other: Files) -> Tampered:
    lines = files[CUSTODY].splitlines(keepends=True)
    return {**files, CUSTODY: b"".join(lines[: rng.randrange(1, len(lines))])}, {"chain"}


def cut_chain_and_remake(rng: random.Random, files: Files, other: Files) -> Tampered:
    """The chain cut, its first line and all that hangs on it made anew: the exhibits say which records are gone."""
    rows = [json.loads(line) for line in files[CUSTODY].splitlines()[1:]]
    kept = rows[: rng.randrange(1, len(rows))]
    return remade({**files, CUSTODY: chain_of(kept)}, rooted=True), {"custody"}


def chain_of(rows: list[dict[str, Any]]) -> bytes:
    """Records sealed anew, one after the other, under a header that promises the last."""
    before = GENESIS
    for seq, row in enumerate(rows, 1):
        row["seq"], row["previous"] = seq, before
        row["hash"] = before = link_hash(row["chain"], seq, row["at"], row["payload"].encode(), row["previous"])
    last = Link(chain=rows[-1]["chain"], seq=len(rows), at=AT, payload=b"", previous="", hash=before)
    return b"".join(line + b"\n" for line in [header([last], SUITE).encode(), *map(canonical, rows)])


def swap_records(rng: random.Random, files: Files, other: Files) -> Tampered:
    lines = files[CUSTODY].splitlines(keepends=True)
    one, two = rng.sample(range(1, len(lines)), 2)
    lines[one], lines[two] = lines[two], lines[one]
    return {**files, CUSTODY: b"".join(lines)}, {"chain"}


def edit_index(rng: random.Random, files: Files, other: Files) -> Tampered:
    """The index edited and the manifests made anew, but not the root."""
    told = json.loads(files[INDEX])
    one = rng.choice(told["exhibits"])
    field = rng.choice(["name", "taken_by", "how", "kind", "source_system", "taken_at"])
    one[field] += "x"
    return remade({**files, INDEX: canonical(told)}), {"root"}


def edit_exhibit(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice(exhibits(files))
    return remade({**files, path: files[path] + b"x"}), {"root"}


def add_and_remake(rng: random.Random, files: Files, other: Files) -> Tampered:
    return remade({**files, "data/papers/extra.txt": rng.randbytes(9)}), {"root"}


def remove_and_remake(rng: random.Random, files: Files, other: Files) -> Tampered:
    path = rng.choice(exhibits(files))
    return remade({name: data for name, data in files.items() if name != path}), {"root"}


def edit_manifest(rng: random.Random, files: Files, other: Files) -> Tampered:
    """Lines of the tag manifest out of order, doubled, or one gone."""
    lines = files[TAGS].splitlines(keepends=True)
    at = rng.randrange(len(lines))
    lines = rng.choice([lines[::-1], [*lines, lines[at]], [*lines[:at], *lines[at + 1 :]]])
    return {**files, TAGS: b"".join(lines)}, {"manifest", "added"}


def reorder_index(rng: random.Random, files: Files, other: Files) -> Tampered:
    """Two exhibits change numbers, everything is made anew; but their files are named by number and content."""
    told = json.loads(files[INDEX])
    one, two = rng.sample(range(len(told["exhibits"])), 2)
    rows = told["exhibits"]
    rows[one], rows[two] = {**rows[two], "number": one + 1}, {**rows[one], "number": two + 1}
    return remade({**files, INDEX: canonical(told)}, rooted=True), {"index"}


def replace_exhibit_and_remake(rng: random.Random, files: Files, other: Files) -> Tampered:
    """One exhibit made anew with index, manifests and root: the custody chain sealed another."""
    told = json.loads(files[INDEX])
    row = rng.choice(told["exhibits"])
    data = rng.randbytes(20)
    digest = sha256(data).hexdigest()
    to = f"data/{row['number']:03d}-{digest[:8]}.bin"
    rest = {name: one for name, one in files.items() if name != row["path"]}
    row.update(path=to, sha256=digest, size=len(data))
    if rng.random() < 0.5:
        row["sealed"]["said"] = canonical({"name": "x", "sha256": digest, "size": len(data)}).decode()
    return remade({**rest, to: data, INDEX: canonical(told)}, rooted=True), {"custody"}


def replay_token(rng: random.Random, files: Files, other: Files) -> Tampered:
    return tagged({**files, TOKEN: other[TOKEN]}), {"token"}


def replay_root(rng: random.Random, files: Files, other: Files) -> Tampered:
    return tagged({**files, ROOT: other[ROOT]}), {"root"}


def replay_custody(rng: random.Random, files: Files, other: Files) -> Tampered:
    mixed = {**files, CUSTODY: other[CUSTODY], WITNESS: other[WITNESS]}
    return rng.choice([(mixed, {"changed"}), (remade(mixed), {"root"}), (remade(mixed, rooted=True), {"custody"})])


def edit_witness(rng: random.Random, files: Files, other: Files) -> Tampered:
    """A root of the day, or a step of a path, made up."""
    told = json.loads(files[WITNESS])
    if rng.random() < 0.3:
        told["days"][0]["root"] = sha256(rng.randbytes(8)).hexdigest()
    else:
        path = rng.choice([one for one in told["paths"] if one["steps"]])
        rng.choice(path["steps"])[1] = sha256(rng.randbytes(8)).hexdigest()
    return remade({**files, WITNESS: canonical(told)}, rooted=True), {"path"}


def edit_sm3(rng: random.Random, files: Files, other: Files) -> Tampered:
    made = remade(files)
    if not HAS_SM3:
        return {**made, SM3: b""}, {"added"}
    digit = rng.randrange(64)
    old = made[SM3]
    made[SM3] = old[:digit] + (b"0" if old[digit : digit + 1] != b"0" else b"1") + old[digit + 1 :]
    return tagged(rerooted(made)), {"sm3"}


def keep_token_of_old_root(rng: random.Random, files: Files, other: Files) -> Tampered:
    """A paper changed and everything made anew but the token, which nobody can make anew."""
    return remade({**files, "data/papers/报案书.pdf": rng.randbytes(9)}, rooted=True), {"token"}


MUTATIONS: tuple[Callable[[random.Random, Files, Files], Tampered], ...] = (
    flip, flip, flip, flip, flip, flip, remove, add, rename, swap, shorten, lengthen, cut_chain, cut_chain_and_remake,
    swap_records, edit_index, edit_exhibit, add_and_remake, remove_and_remake, edit_manifest, reorder_index,
    replace_exhibit_and_remake, replay_token, replay_root, replay_custody, edit_witness, edit_sm3, keep_token_of_old_root,
)  # fmt: skip
