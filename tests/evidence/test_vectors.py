"""Test vectors: made by the twin, kept as JSON for programs in other languages, met by this package to the byte."""

import json
from datetime import datetime
from typing import Any

import pytest
from tests.evidence import twin

from mingcha.evidence import standalone
from mingcha.evidence.canonical import canonical
from mingcha.evidence.commitment import commitment
from mingcha.evidence.export import export_line, header, verify_export
from mingcha.evidence.merkle import proof, root
from mingcha.evidence.seal import seal
from mingcha.model.stored import Link

MADE = twin.make()


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_kept_vectors_are_what_the_twin_makes(name: str) -> None:
    assert json.loads((twin.VECTORS / f"{name}.json").read_text(encoding="utf-8")) == MADE[name]


def test_no_vector_file_is_an_orphan() -> None:
    assert {path.stem for path in twin.VECTORS.iterdir()} == set(MADE)


@pytest.mark.parametrize("case", MADE["canonical"], ids=lambda case: case["hex"][:16])
def test_canonical_bytes(case: dict[str, Any]) -> None:
    assert canonical(case["value"]).hex() == case["hex"]


@pytest.mark.parametrize("case", MADE["commitments"], ids=lambda case: case["hash"][:8])
def test_commitments(case: dict[str, str]) -> None:
    assert commitment(bytes.fromhex(case["data"]), bytes.fromhex(case["salt"])) == case["hash"]


@pytest.mark.parametrize("case", MADE["merkle"], ids=lambda case: str(len(case["leaves"])))
def test_merkle_roots_and_proofs(case: dict[str, Any]) -> None:
    leaves = [bytes.fromhex(one) for one in case["leaves"]]
    assert root(leaves) == case["root"]
    assert [[list(step) for step in proof(leaves, m)] for m in range(len(leaves))] == case["proofs"]


def test_the_root_of_the_certificate_transparency_reference_tests() -> None:
    assert MADE["merkle"][-1]["root"] == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_chains_and_exports() -> None:
    lines = MADE["export"]
    links: dict[str, list[Link]] = {}
    for line in lines[1:]:
        row = json.loads(line)
        before = links.setdefault(row["chain"], [])
        sealed = seal(
            row["chain"], before[-1] if before else None, json.loads(row["payload"]), datetime.fromisoformat(row["at"])
        )
        assert export_line(sealed) == line
        before.append(sealed)
    assert header([one[-1] for one in links.values()], twin.SUITE) == lines[0]
    encoded = [line.encode() + b"\n" for line in lines]
    assert verify_export(encoded) == {name: one[-1] for name, one in links.items()}
    assert standalone.verify(encoded)
