"""What is said in a video, as SubRip, WebVTT or plain text: every line with its time, where the file tells one."""

import re
from pathlib import Path

from mingcha.adapters.intake.formats import detect_encoding, open_bytes
from mingcha.errors import UnreadableFile
from mingcha.model.video import TimedLine
from mingcha.model.words import Words

LARGEST = 4 * 2**20  # bytes of a transcript
CUE = re.compile(
    r"\s*(?:(?P<h>\d{1,3}):)?(?P<m>[0-5]?\d):(?P<s>[0-5]?\d)[.,](?P<ms>\d{1,3})\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}.*"
)
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\{\\[^{}]{0,200}\}|<\d{2}:[\d:.]{2,12}>")
FORMS = (".srt", ".vtt", ".txt")


def transcript(path: Path) -> tuple[TimedLine, ...]:
    """The lines of a transcript; UnreadableFile for one too large, in no known encoding or of another form."""
    if path.suffix.lower() not in FORMS:
        raise UnreadableFile(file=path.name, why=Words("不是 .srt、.vtt 或 .txt", "it is no .srt, .vtt or .txt"))
    if not path.is_file():
        raise UnreadableFile(file=path.name, why=Words("没有这个文件", "there is no such file"))
    with open_bytes(path) as source:
        raw = source.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise UnreadableFile(file=path.name, why=Words("字幕超过 4 MB", "a transcript of more than 4 MB is not read"))
    text = raw.decode(detect_encoding(path), "replace")
    if path.suffix.lower() == ".txt":
        return tuple(TimedLine(line, None) for one in text.splitlines() if (line := " ".join(one.split())))
    return tuple(_cues(text))


def _cues(text: str) -> list[TimedLine]:
    """Lines below a line of times; numbers and names of cues, notes and styles are no words."""
    out: list[TimedLine] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        cue = next(((n, match) for n, line in enumerate(lines[:2]) if (match := CUE.fullmatch(line))), None)
        if cue is None:
            continue
        n, match = cue
        at = ((int(match["h"] or 0) * 60 + int(match["m"])) * 60 + int(match["s"])) * 1000 + int(
            match["ms"].ljust(3, "0")
        )
        said = (" ".join(TAG.sub("", line).split()) for line in lines[n + 1 :])
        out += [TimedLine(line, at) for line in said if line]
    return out
