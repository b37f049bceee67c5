"""QR codes read on bad photos: plain zxing-cpp beside what mingcha does to them.

    python bench/qr_photos.py ../shared/data/qr_photos [--half odd|even] [--out FILE]

Each photo has what its code holds in a text file of its name. Four photos are each a part of one code in four; a part is counted
apart. Ways were tried on the odd-numbered photos (sorted by path, from 0) only. Prints JSON.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import zxingcpp
from frozen import heading, wilson, write
from numpy.typing import NDArray
from PIL import Image

from mingcha.adapters.vision.codes import read_codes
from mingcha.adapters.vision.opening import opened
from mingcha.adapters.vision.payload import harmless

Pixels = NDArray[np.uint8]
PARTS = "-0"  # 01-01.png ... 01-04.png share 01.txt


def truth(photo: Path) -> tuple[str, bool]:
    """What the code of a photo holds, made harmless as ours is; and whether the photo shows a part of it only."""
    own = photo.with_suffix(".txt")
    if own.exists():
        return own.read_bytes().decode("utf-8"), False
    return photo.with_name(photo.stem.split(PARTS)[0] + ".txt").read_bytes().decode("utf-8"), True


def plain(pixels: Pixels) -> list[str]:
    """zxing-cpp as it comes."""
    return [one.text for one in zxingcpp.read_barcodes(Image.fromarray(pixels))]


def plain_payload(pixels: Pixels) -> list[str]:
    """zxing-cpp told to give what a code holds instead of what is shown to people."""
    seen = zxingcpp.read_barcodes(Image.fromarray(pixels), text_mode=zxingcpp.TextMode.Plain)
    return [harmless(one.text)[0] for one in seen]


def ours(pixels: Pixels) -> list[str]:
    """The codes mingcha reads."""
    return [one.payload for one in read_codes(pixels)]


def score(
    photos: Sequence[tuple[str, Pixels, str, bool]], read: Callable[[Pixels], list[str]], safe: bool
) -> dict[str, Any]:
    """Photos read, right, wrong; parts apart; seconds of all and of the slowest."""
    counts = {"photos": len(photos), "read": 0, "right": 0, "wrong": 0, "parts_read": 0}
    slowest, missed, begun = 0.0, [], time.perf_counter()
    for name, pixels, held, part in photos:
        since = time.perf_counter()
        got = read(pixels)
        slowest = max(slowest, time.perf_counter() - since)
        want = harmless(held)[0] if safe else held
        whole = "".join(harmless(character)[0] for character in held)
        counts["read"] += bool(got)
        right = want in got
        within = part and any(one in (whole if safe else held) for one in got)
        counts["right"] += right
        counts["parts_read"] += within
        counts["wrong"] += bool(got) and not right and not within
        missed += [] if right or within else [name]
    seconds = round(time.perf_counter() - begun, 2)
    interval = wilson(counts["right"], len(photos))
    return counts | {"right_interval_95": interval, "seconds": seconds, "slowest": round(slowest, 3), "missed": missed}


def main() -> None:
    """Score both ways on both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    files = sorted(p for p in asked.folder.rglob("*") if p.suffix in (".png", ".jpg", ".webp"))
    halves = {"even": files[0::2], "odd": files[1::2]}
    if asked.half:
        halves = {asked.half: halves[asked.half]}
    loaded = {
        half: [(str(p.relative_to(asked.folder)), opened(p.read_bytes(), p.name).pixels, *truth(p)) for p in paths]
        for half, paths in halves.items()
    }
    if not asked.half:
        loaded["all"] = loaded["even"] + loaded["odd"]
    ways = (("plain", plain, False), ("plain_payload", plain_payload, True), ("ours", ours, True))
    out: dict[str, Any] = heading("qr_photos.py FOLDER") | {"zxing_cpp": version("zxing-cpp")}
    out |= {half: {name: score(photos, way, safe) for name, way, safe in ways} for half, photos in loaded.items()}
    write(out, asked.out)


if __name__ == "__main__":
    main()
