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


Block = Head | Para | Grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper: the name of its file without an ending, its title, what stands in it, and what is signed at its foot."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    foot: str
