"""Package data: standards, deadlines and word lists, and a site's own overrides beside them."""

from importlib.resources import files
from pathlib import Path

from mingcha.errors import UnreadableFile


def read_package() -> dict[str, str]:
    """All dated TOML texts of the package by file name."""
    folder = files("mingcha.standards")
    return {entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")}


def read_overrides(folder: Path) -> dict[str, str]:
    """A site's own TOML files by name; one that has a package file's name replaces it, and the digest shows it."""
    if not folder.is_dir():
        raise UnreadableFile(file=folder, why="not a folder")
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}
