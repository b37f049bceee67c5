"""Posts, images and videos judged outside a workspace: what is read goes on, what is not is named, nothing is a word on a person.

A judgement is a suggestion with its passages; only people report.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingcha.errors import UnreadableFile
from mingcha.model.advert import PostJudged
from mingcha.model.image import Box, ImageRead
from mingcha.model.letters import Block, Fault, Id
from mingcha.model.video import VideoRead

CODE_LINE = "\n"  # what codes hold is read below the words of an image, a line each


@dataclass(frozen=True, slots=True)
class Judged:
    """One post with its judgement and the text that was judged; of an image or a video also what was read from it."""

    id: Id
    judged: PostJudged
    text: str
    image: ImageRead | None = None
    video: VideoRead | None = None

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where a passage stands in the image; none for a post of text."""
        return self.image.boxes(start, end) if self.image else ()

    def times(self, start: int, end: int) -> tuple[str, ...]:
        """When a passage is shown or said in the video."""
        return self.video.times(start, end) if self.video else ()


Judging = Callable[[Sequence[str]], list[PostJudged]]
Reading = Callable[[str, Path], ImageRead | VideoRead | str]
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
    """Images, videos and saved pages in order, by name; those that cannot be taken in go to `faults`."""
    for name, path in files:
        try:
            seen = read(name, path)
        except UnreadableFile as error:
            faults.append(error)
            continue
        text = seen if isinstance(seen, str) else text_of(seen)
        image = seen if isinstance(seen, ImageRead) else None
        video = seen if isinstance(seen, VideoRead) else None
        yield Judged(name, judge([text])[0], text, image, video)


def text_of(seen: ImageRead | VideoRead) -> str:
    """What is judged of an image or a video: its words, then what its codes hold; spans of the words stay as they are."""
    return CODE_LINE.join([seen.text, *(code.payload for code in seen.codes)])
