"""What was read from a video: what is said and what is shown, each line with the time it came up; never who is seen in it."""

from dataclasses import dataclass, replace

from mingcha.model.image import ImageCode
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line that is shown or said; `at` in milliseconds from the start, None where a transcript tells no time."""

    text: str
    at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRead:
    """A video as pure code sees it: `looked_at` frames were compared, the `read` ones for their words and codes.

    `notes` say what was left out. `codes` stand each once, `code_times` when each came up.
    """

    name: str
    milliseconds: int
    looked_at: int
    read: int
    shown: tuple[TimedLine, ...]
    codes: tuple[ImageCode, ...] = ()
    code_times: tuple[int, ...] = ()
    said: tuple[TimedLine, ...] = ()
    notes: tuple[Words, ...] = ()

    @property
    def lines(self) -> tuple[TimedLine, ...]:
        """What is said, then what is shown."""
        return (*self.said, *self.shown)

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    def times(self, start: int, end: int) -> tuple[str, ...]:
        """When the lines that `text[start:end]` touches came up; none for an empty span."""
        at, out = 0, []
        for line in self.lines:
            if max(start, at) < min(end, at + len(line.text)):
                out.append(clock(line.at))
            at += len(line.text) + 1
        return tuple(out)

    def with_transcript(self, said: tuple[TimedLine, ...]) -> "VideoRead":
        """The same video with what is said in it."""
        return replace(self, said=said)


def clock(milliseconds: int | None) -> str:
    """A time as it is written: 00:01:07.250; `-` where there is none."""
    if milliseconds is None:
        return "-"
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def each_once(lines: "tuple[TimedLine, ...] | list[TimedLine]") -> tuple[TimedLine, ...]:
    """Lines without those that were there before, spaces aside; the first time stands."""
    first: dict[str, TimedLine] = {}
    for line in lines:
        key = "".join(line.text.split()).casefold()
        if key:
            first.setdefault(key, line)
    return tuple(first.values())
