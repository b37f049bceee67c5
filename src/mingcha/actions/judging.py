"""Posts and images judged outside a workspace: what is read goes on, what is not is named, nothing is a word on a person.

A judgement is a suggestion with its passages; only people report.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingcha.errors import UnreadableFile
from mingcha.model.advert import PostJudged
from mingcha.model.image import Box, ImageRead
from mingcha.model.letters import Block, Fault, Id

CODE_LINE = "\n"  # what codes hold is read below the words of an image, a line each


@dataclass(frozen=True, slots=True)
class Judged:
    """One post with its judgement and the text that was judged; of an image also what was read from it."""

    id: Id
    judged: PostJudged
    text: str
    image: ImageRead | None = None

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where a passage stands in the image; none for a post of text."""
        return self.image.boxes(start, end) if self.image else ()


Judging = Callable[[Sequence[str]], list[PostJudged]]
Reading = Callable[[str, Path], ImageRead | str]
LOT = 250  # posts judged together


def judge_posts(blocks: Iterable[Block], judge: Judging, faults: list[Fault]) -> Iterator[Judged]:
    """Posts of a file in order; lines that gave none go to `faults`."""
    for block in blocks:
        faults.extend(block.faults)
        for at in range(0, len(block.ids), LOT):
            texts = block.texts[at : at + LOT]
            yield from map(Judged, block.ids[at : at + LOT], judge(texts), texts)


def judge_files(
    files: Iterable[tuple[str, Path]], read: Reading, judge: Judging, faults: list[UnreadableFile]
) -> Iterator[Judged]:
    """Images and saved pages in order, by name; those that cannot be taken in go to `faults`."""
    for name, path in files:
        try:
            seen = read(name, path)
        except UnreadableFile as error:
            faults.append(error)
            continue
        image = None if isinstance(seen, str) else seen
        text = text_of(image) if image else str(seen)
        yield Judged(name, judge([text])[0], text, image)


def text_of(image: ImageRead) -> str:
    """What is judged of an image: its words, then what its codes hold; spans of the words stay as they are."""
    return CODE_LINE.join([image.text, *(code.payload for code in image.codes)])
