#!/usr/bin/env python3
"""Check an inspection pack with the standard library alone: `python3 PACK` runs this file, which lies inside as __main__.py.

    python3 PACK [CHAIN:SEQ:HASH ...]

It says whether every file is the one the manifest names, whether every evidence chain holds from its first record, and whether
the chains seal the very inspection that lies in the pack. Heads printed or kept elsewhere (CHAIN:SEQ:HASH) are looked for too.
Exit status: 0 everything holds, 1 something does not, 2 this is no pack. Who doubts the checker inside a pack takes another
copy of it: it is evidence/pack_check.py of mingcha, and standalone.py beside it.
"""

import hashlib
import importlib
import json
import sys
import zipfile
from typing import Any

FORMAT = "mingcha-inspection/1"
MANIFEST = "MANIFEST.json"
INSPECTION = "inspection.json"
CHAINS = "chains.jsonl"


class Broken(Exception):
    """Something does not hold: what."""


def check(path: str, kept: list[str]) -> list[str]:
    """Lines that say what holds; Broken for the first thing that does not."""
    with zipfile.ZipFile(path) as pack:
        manifest = json.loads(pack.read(MANIFEST))
        if manifest.get("format") != FORMAT:
            raise Broken("这不是检查包 / this is no inspection pack")
        named = manifest["files"]
        there = sorted(set(pack.namelist()) - {MANIFEST})
        if there != sorted(named):
            raise Broken(f"文件与清单不符 / files are not those of the manifest: {sorted(set(there) ^ set(named))}")
        for name in there:
            if hashlib.sha256(pack.read(name)).hexdigest() != named[name]:
                raise Broken(f"{name}: 与清单的摘要不符 / not the file the manifest names")
        chains = pack.read(CHAINS).splitlines(keepends=True)
        told = hashlib.sha256(pack.read(INSPECTION)).hexdigest()
    standalone = importlib.import_module("standalone")
    try:
        tails = standalone.verify(chains, kept)
    except standalone.Broken as broken:
        raise Broken(f"{CHAINS}: {broken}") from None
    if told not in sealed(chains):
        raise Broken("证据链没有封存本次检查 / the chains do not seal this inspection")
    lines = [f"{name}  {named[name][:16]}" for name in there]
    return [*lines, *(f"{chain}:{records}:{head}" for chain, (records, head) in sorted(tails.items()))]


def sealed(chains: list[bytes]) -> set[str]:
    """Digests of the inspections that the chains seal."""
    found = set()
    for line in chains[1:]:
        act: Any = json.loads(json.loads(line)["payload"])
        if act.get("act") == "inspect":
            found.add(str(act.get("digest")))
    return found


def main(arguments: list[str]) -> int:
    """Command line."""
    if not arguments:
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    try:
        lines = check(arguments[0], arguments[1:])
    except Broken as broken:
        sys.stdout.write(f"BROKEN 不符  {broken}\n")
        return 1
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"cannot read 无法读取: {error}\n")
        return 2
    sys.stdout.write("".join(f"OK 相符  {line}\n" for line in lines))
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    inside = sys.argv[0] if zipfile.is_zipfile(sys.argv[0]) else None
    sys.exit(main([*([inside] if inside else []), *sys.argv[1:]]))
