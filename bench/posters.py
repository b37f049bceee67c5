"""Posters drawn by us, read: handles, QR codes, seconds, memory; and posters posted again found among others by hashes alone.

    python bench/posters.py read --images 400 [--first SEED] [--out FILE]
    python bench/posters.py again --posters 200 --others 5000 [--first SEED] [--out FILE]

Everything is invented (`posters_made.py`); figures show machinery, not what real posters give. Prints JSON.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from frozen import heading, wilson, write
from PIL import Image
from posters_made import FONTS, draw, jpeg, reposted

from mingcha.adapters.vision.hashes import Hashes, hashes
from mingcha.model.image import BANNERS, CLEAR, PART_BITS, WHOLE_BITS
from mingcha.text.contacts import contacts
from mingcha.wiring import vision

QUALITY = 40
WAYS = (("crop",), ("recolour",), ("banner",), ("crop", "recolour", "banner"))
SEEN: dict[str, np.ndarray] = {}  # what the processes that compare are born with
LIBRARIES = ("rapidocr", "onnxruntime", "zxing-cpp", "opencv-python-headless", "pdqhash", "pillow")


def resident() -> int:
    """Megabytes this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 1_000_000


def read(images: int, first: int) -> dict[str, Any]:
    """Handles and codes found on so many posters, how fast, and the memory held at each quarter."""
    reader = vision()
    reader.read(jpeg(draw(first - 1).image, QUALITY), "warm")
    handles = found = codes = right = wrong = 0
    seconds, cpu, held, missed, grounds = 0.0, 0.0, [resident()], [], {}
    for n in range(images):
        made = draw(first + n)
        data = jpeg(made.image, QUALITY)
        since, used = time.perf_counter(), time.process_time()
        got = reader.read(data, f"{first + n}.jpg")
        seconds, cpu = seconds + time.perf_counter() - since, cpu + time.process_time() - used
        values = {one.value for one in contacts(got.text)}
        lost = [one for one in made.handles if one not in values]
        handles, found = handles + len(made.handles), found + len(made.handles) - len(lost)
        of, hits = grounds.get(made.ground, (0, 0))
        grounds[made.ground] = (of + len(made.handles), hits + len(made.handles) - len(lost))
        missed += [{"poster": first + n, "handle": one} for one in lost]
        payloads = {one.payload for one in got.codes}
        codes, right = codes + (made.payload is not None), right + (made.payload in payloads)
        wrong += len(payloads - {made.payload})
        if (n + 1) % max(1, images // 4) == 0:
            held.append(resident())
    return {
        "images": images,
        "first_seed": first,
        "handles": {
            "of": handles,
            "found": found,
            "recall": round(found / handles, 4),
            "interval_95": wilson(found, handles),
        },
        "handles_by_ground": {name: {"of": of, "found": hits} for name, (of, hits) in sorted(grounds.items())},
        "handles_missed": missed[:20],
        "codes": {
            "of": codes,
            "right": right,
            "wrong": wrong,
            "recall": round(right / codes, 4),
            "interval_95": wilson(right, codes),
        },
        "images_per_second": round(images / seconds, 2),
        "cpu_seconds_an_image": round(cpu / images, 3),
        "megabytes_at_start_and_quarters": held,
        "megabytes_at_most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
    }


def hashed(image: Image.Image, quality: int) -> Hashes:
    """The hashes of an image as JPEG."""
    return hashes(np.array(Image.open(BytesIO(jpeg(image, quality))).convert("RGB")))


def other(seed: int) -> Hashes:
    """The hashes of the poster of a seed, as first seen."""
    return hashed(draw(seed).image, 85)


def again_of(seed: int) -> list[Hashes]:
    """The hashes of the poster of a seed as it is posted again in each way."""
    image = draw(seed).image
    return [hashed(reposted(seed, image, parts), QUALITY) for parts in WAYS]


def packed(held: list[str]) -> np.ndarray:
    """Hashes in hex as rows of words of 64 bits."""
    return np.array([np.frombuffer(bytes.fromhex(one), np.uint64) for one in held])


def distances(one: Hashes, whole: np.ndarray, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What `same_poster` compares, of one image with many at once: bits of the whole, and of the nearest parts."""
    n, mine = len(BANNERS), packed(list(one.crops))
    far = np.full(len(whole), 768)
    for k in range(len(mine)):
        against = parts[:, n:] if k < n else parts[:, :n]
        far = np.minimum(far, np.bitwise_count(mine[k] ^ against).sum(-1, dtype=np.uint16).min(1).astype(int))
    return np.bitwise_count(packed([one.pdq])[0] ^ whole).sum(-1, dtype=np.int64), far


def against_all(ones: list[Hashes]) -> list[tuple[np.ndarray, np.ndarray]]:
    """The distances of some images to all that were seen."""
    return [distances(one, SEEN["whole"], SEEN["parts"]) for one in ones]


def again(posters: int, others: int, first: int) -> dict[str, Any]:
    """Posters found again among themselves and others, which all are drawn alike; and what other limits would have given."""
    with Pool(2, cv2.setNumThreads, (1,)) as pool:
        firsts = pool.map(other, range(first, first + posters + others), chunksize=25)
        seconds = pool.map(again_of, range(first, first + posters), chunksize=5)
    SEEN.update(whole=packed([one.pdq for one in firsts]), parts=np.array([packed(list(one.crops)) for one in firsts]))
    with Pool(2) as pool:
        compared = pool.map(against_all, seconds, chunksize=5)
    own, nearest = {way: [] for way in WAYS}, {way: [] for way in WAYS}
    alone = {way: [] for way in WAYS}
    for k, ways in enumerate(compared):
        for way, (far_whole, far) in zip(WAYS, ways, strict=True):
            taken = np.where(far_whole <= WHOLE_BITS, 0, far)
            own[way].append(int(taken[k]))
            alone[way].append(int(far_whole[k]))
            taken[k] = 768
            nearest[way].append(int(taken.min()))
    return {
        "posters": posters,
        "others": posters + others - 1,
        "first_seed": first,
        "limits": {"whole_of_256": WHOLE_BITS, "parts_of_768": PART_BITS},
        "quality_below_the_least": sum(one.quality < CLEAR for one in firsts),
        "ways": {"+".join(way): _told(own[way], nearest[way], alone[way]) for way in WAYS},
        "other_limits_all_changes": list(_limits(own[WAYS[-1]], nearest[WAYS[-1]])),
    }


def _told(own: list[int], nearest: list[int], alone: list[int]) -> dict[str, Any]:
    found = sum(bits <= PART_BITS for bits in own)
    return {
        "found": found,
        "of": len(own),
        "recall": round(found / len(own), 4),
        "interval_95": wilson(found, len(own)),
        "queries_with_a_false_match": sum(bits <= PART_BITS for bits in nearest),
        "nearest_other_bits": sorted(nearest)[:5],
        "by_whole_hash_alone": sum(bits <= WHOLE_BITS for bits in alone),
    }


def _limits(own: list[int], nearest: list[int]) -> Iterator[dict[str, Any]]:
    for limit in range(124, 221, 8):
        found, false = sum(bits <= limit for bits in own), sum(bits <= limit for bits in nearest)
        yield {"limit": limit, "recall": round(found / len(own), 4), "queries_with_a_false_match": false}


def main() -> None:
    """Read posters, or find them again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("read", "again"))
    parser.add_argument("--images", type=int, default=400)
    parser.add_argument("--posters", type=int, default=200)
    parser.add_argument("--others", type=int, default=5000)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    reads = asked.what == "read"
    sizes = f"--images {asked.images}" if reads else f"--posters {asked.posters} --others {asked.others}"
    out = heading(f"posters.py {asked.what} {sizes} --first {asked.first}")
    out |= {"libraries": {name: version(name) for name in LIBRARIES}, "fonts": len(FONTS), "made_by_us": True}
    out |= read(asked.images, asked.first) if reads else again(asked.posters, asked.others, asked.first)
    write(out, asked.out)


if __name__ == "__main__":
    main()
