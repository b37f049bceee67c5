"""`ads add`: one sighting from a pasted share text, the quick way in; nothing is fetched."""

import json
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from mingcha.ads.share import PLATFORM_NAMES, Share, read_share
from mingcha.cli.intake import import_
from mingcha.cli.say import say
from mingcha.errors import InputError
from mingcha.model.account import AD_PLACE_WORDS
from mingcha.model.words import Words

PLACES = Words("、".join(words.zh for words in AD_PLACE_WORDS.values()), ", ".join(AD_PLACE_WORDS))
Place = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help=say(f"出现位置：{PLACES.zh}", f"where it stands: {PLACES.en}")),
]


def place_code(said: str | None) -> str | None:
    """A place as it is kept; said by its code or in either language."""
    if said is None:
        return None
    for code, words in AD_PLACE_WORDS.items():
        if said.strip().lower() in (code, words.zh, words.en):
            return code
    raise InputError(where="--place", found=said, expected=Words(f"以下之一：{PLACES.zh}", f"one of {PLACES.en}"))


def add(
    share: Annotated[
        str, typer.Argument(metavar="SHARE", help=say("分享口令或链接原文", "the share text or link, as pasted"))
    ],
    words: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help=say("帖子的文字", "the words of the post"))
    ] = None,
    place: Place = None,
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Enter what a share text of the four big platforms says: platform, work, author; seen now. The same ad again is one ad."""
    found = read_share(share)
    if not found:
        expected = Words(
            "抖音、快手、小红书、微信的分享口令或链接",
            "a share text or link of Douyin, Kuaishou, Xiaohongshu or WeChat",
        )
        raise InputError(where="SHARE", found=share[:40], expected=expected)
    now, stands = datetime.now(UTC).astimezone(), place_code(place) or "post"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "share.jsonl"
        rows = (json.dumps(_row(one, words or share, stands, now), ensure_ascii=False) for one in found)
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        import_("ads", file, None, "share", False, Path("share.rejects.csv"), json_)


def _row(share: Share, text: str, place: str, now: datetime) -> dict[str, str]:
    seen = now.isoformat(timespec="seconds")
    row = {
        "id": sha256(f"{share.url}\n{seen}".encode()).hexdigest()[:16],
        "platform": PLATFORM_NAMES[share.platform],
        "seen_at": seen,
        "text": text,
        "url": share.url,
        "place": place,
        "found_by": "ads add",
    }
    return row | {name: said for name, said in (("work_id", share.work), ("author", share.author)) if said}
