"""A paper made of headings, paragraphs and tables, before anybody lays it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """A heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each row has a cell a heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False  # needs a sheet on its side


@dataclass(frozen=True, slots=True)
class Figure:
    """Names in two columns and lines between them, by their places in each; drawn where a paper can be drawn on. What it shows is told
    in words beside it."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    lines: tuple[tuple[int, int], ...]


Block = Head | Para | Grid | Figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper: the name of its file without an ending, its title, what stands in it, what stands at its foot, and the boxes to be
    signed and sealed on each of its sheets."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    foot: str
    boxes: tuple[str, ...] = ()
