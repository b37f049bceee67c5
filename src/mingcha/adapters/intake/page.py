"""The words a reader of a saved page sees: nothing is run, nothing is fetched, what is hidden or a script is left out."""

import codecs
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from mingcha.errors import UnreadableFile
from mingcha.model.words import Words

LARGEST = 16 * 2**20  # bytes of a page
UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe", "object", "canvas"})
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"})
BREAKS = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "td", "dd", "dt"}
)
CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
NO_PAGE = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape"})  # no page is written in, and slow
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def page_text(path: Path) -> str:
    """The title and the visible text of a saved page, a line a block; UnreadableFile for one too large or in no known encoding."""
    with path.open("rb") as source:
        return page_words(source.read(LARGEST + 1), path.name)


def page_words(raw: bytes, name: str, charset: str | None = None) -> str:
    """The same of a page's bytes; `charset` is what it was sent with."""
    if len(raw) > LARGEST:
        raise UnreadableFile(file=name, why=Words("页面超过16 MB", "the page is larger than 16 MB"))
    reader = _Seen()
    reader.feed(_decoded(name, raw, charset))
    if not reader.rawdata.startswith(
        "<"
    ):  # a tag or comment that never ends is nothing; closing would take it letter by letter
        reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _decoded(name: str, raw: bytes, charset: str | None) -> str:
    """The page in the encoding it was sent with, else the one it declares, else UTF-8, else GB18030."""
    said = CHARSET.search(raw[:4096])
    for encoding in (charset, said[1].decode("ascii") if said else None, "utf-8-sig", "gb18030"):
        try:
            if encoding and (known := codecs.lookup(encoding).name) not in NO_PAGE:
                return raw.decode(known)
        except (LookupError, ValueError):
            continue
    raise UnreadableFile(file=name, why=Words("编码无法识别", "its encoding is not known"))


class _Seen(HTMLParser):
    """Collects text outside what no reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tags, and whether what they hold is unseen
        self._held: Counter[str] = Counter()  # how many of each are open: a page may hold millions
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens; one that breaks the line does so."""
        if tag in BREAKS:
            self.parts.append("\n")
        if tag in VOID:
            return
        named = dict(attrs)
        hidden = tag in UNSEEN or "hidden" in named or bool(HIDDEN.search(named.get("style") or ""))
        self._open.append((tag, hidden))
        self._held[tag] += 1
        self._unseen += hidden

    def handle_endtag(self, tag: str) -> None:
        """A tag closes with all that was left open in it; a stray end is nothing."""
        if tag in BREAKS:
            self.parts.append("\n")
        while self._held[tag]:
            last, hidden = self._open.pop()
            self._held[last] -= 1
            self._unseen -= hidden
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words; those of the title count as seen."""
        titled = self._held["title"] > 0
        if titled or not self._unseen:
            self.parts.append(data + "\n" if titled else data)
