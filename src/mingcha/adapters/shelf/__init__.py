"""Package data: standards, deadlines, holidays, word lists and models; and a site's own files beside them, marked as the site's."""

from importlib.resources import files
from pathlib import Path

from mingcha.errors import UnreadableFile
from mingcha.model.words import Words


def read_package() -> dict[str, str]:
    """All dated TOML texts of the package by file name."""
    folder = files("mingcha.standards")
    names = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return {entry.name: entry.read_text(encoding="utf-8") for entry in names}


def read_model(name: str) -> str:
    """The newest dated JSON of the package by its undated name."""
    folder = files("mingcha.standards")
    found = [entry for entry in folder.iterdir() if entry.name.startswith(f"{name}@") and entry.name.endswith(".json")]
    return max(found, key=lambda entry: entry.name).read_text(encoding="utf-8")


def read_overrides(path: Path) -> dict[str, str]:
    """A site's own TOML file, or all of a folder's, as `site/<name>`: read beside the package, never in place of it."""
    if not path.exists():
        raise UnreadableFile(file=path, why=Words("没有这个文件或文件夹", "there is no such file or folder"))
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return {f"site/{one.name}": _text(one) for one in found}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(file=path, why=type(error).__name__) from None
