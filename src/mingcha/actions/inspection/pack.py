"""The pack an inspector takes away: one file that checks itself with nothing but Python."""

import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from mingcha.actions.codec import canonical, dumps, read_json
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, Progress, inspect
from mingcha.actions.permit import may
from mingcha.actions.quality import parity_figures
from mingcha.actions.verify import export_chains
from mingcha.errors import InputError
from mingcha.evidence.pack_check import CHAINS, FORMAT, INSPECTION, MANIFEST
from mingcha.model.actor import Actor
from mingcha.model.inspection import Inspection
from mingcha.model.quality import Parity
from mingcha.model.words import Words

PARITY, PAGE = "parity.json", "inspection.html"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the pack says when it was made inside, where it is sealed
Render = Callable[[Inspection, Parity], str]


def make_pack(deps: Deps, actor: Actor, asked: Asked, out: Path, render: Render, progress: Progress) -> Inspection:
    """Inspect and write the pack; the file is there whole or not at all. OSError as the system says it."""
    may(actor, "inspect")
    figures = parity_figures(deps, actor)
    found = inspect(deps, actor, asked, progress)
    package = files("mingcha.evidence")
    parts = {
        INSPECTION: dumps(found),
        PARITY: dumps(figures),
        PAGE: render(found, figures).encode(),
        CHAINS: "".join(f"{line}\n" for line in export_chains(deps, actor)).encode(),
        "standalone.py": package.joinpath("standalone.py").read_bytes(),
        "__main__.py": package.joinpath("pack_check.py").read_bytes(),
    }
    _write(out, parts)
    return found


def _write(out: Path, parts: Mapping[str, bytes]) -> None:
    named = {name: sha256(data).hexdigest() for name, data in parts.items()}
    manifest = canonical({"format": FORMAT, "files": named})
    part = out.with_name(f"{out.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in sorted({**parts, MANIFEST: manifest}.items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(info, data)
    part.replace(out)


def heads_in(pack: Path) -> dict[str, str]:
    """The heads an earlier pack kept, as SEQ:HASH by chain; InputError when it is no pack."""
    try:
        with zipfile.ZipFile(pack) as opened:
            told = read_json(opened.read(INSPECTION))
            return {str(chain): str(head) for chain, head in told["heads"]}
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise InputError(
            where="before",
            found=f"{pack.name}: {error}",
            expected=Words("mingcha inspect 生成的检查包", "a pack made by mingcha inspect"),
        ) from None
