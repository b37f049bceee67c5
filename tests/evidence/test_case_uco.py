"""The CASE/UCO side file: ids follow from what they name, nothing dangles, and case_validate accepts it where it is installed."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.evidence.bundles import BYTES, bundle

from mingcha.adapters.bundle import tools
from mingcha.evidence.bundle import plan

VALIDATE = shutil.which("case_validate", path=str(Path(sys.executable).parent)) or shutil.which("case_validate")


def written(**more: Any) -> bytes:
    made = plan(bundle(**more), tools())
    return next(
        file.source for file in made.files if file.path == "data/case_uco.jsonld" and isinstance(file.source, bytes)
    )


def _ids(value: Any) -> list[tuple[str, bool]]:
    """Every id, and whether it is where the thing is told."""
    if isinstance(value, dict):
        own = [(value["@id"], len(value) > 1)] if "@id" in value else []
        return own + [one for inner in value.values() for one in _ids(inner)]
    return [one for inner in value for one in _ids(inner)] if isinstance(value, list) else []


def test_every_id_is_told_once_and_follows_from_what_it_names() -> None:
    ids = _ids(json.loads(written())["@graph"])
    told = [one for one, here in ids if here]
    assert len(told) == len(set(told))
    assert {one for one, here in ids if not here} <= set(told)
    assert all(
        re.fullmatch(r"kb:[a-z-]+-[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one)
        for one in told
    )
    assert written() == written()
    assert not set(told) & {one for one, _ in _ids(json.loads(written(case="C-18"))["@graph"])}


def test_exhibits_their_actions_and_what_they_derive_from_are_there() -> None:
    things = json.loads(written())["@graph"]
    kinds = [thing["@type"].split(":")[1] for thing in things]
    for kind, count in (
        ("File", len(BYTES)),
        ("ProvenanceRecord", len(BYTES)),
        ("InvestigativeAction", len(BYTES)),
        ("ObservableRelationship", 1),
        ("Identity", 1),
    ):
        assert kinds.count(kind) == count
    assert b"score" not in written()


@pytest.mark.skipif(VALIDATE is None, reason="case-utils is not installed")
def test_case_validate_accepts_it(tmp_path: Path) -> None:
    (tmp_path / "x.jsonld").write_bytes(written())
    done = subprocess.run([str(VALIDATE), "--allow-info", str(tmp_path / "x.jsonld")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "Conforms: True" in done.stdout
    assert "sh:Warning" not in done.stdout
