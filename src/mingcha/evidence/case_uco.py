"""Exhibits as CASE/UCO JSON-LD for tools that read it: files, provenance records and the actions that took them in; nothing judged."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from mingcha.evidence.canonical import canonical

CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "urn:mingcha:kb:",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def case_uco(case: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Canonical JSON-LD over the rows of data/index.json; ids follow from the case and the exhibit."""
    who = {row["taken_by"]: _id("identity", case, row["taken_by"]) for row in rows}
    people = [{"@id": who[name], "@type": "uco-identity:Identity", "uco-core:name": name} for name in sorted(who)]
    graph = [*people, *(thing for row in rows for thing in _exhibit(case, row, rows, who[row["taken_by"]]))]
    return canonical({"@context": CONTEXT, "@graph": graph})


def _exhibit(case: str, row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], who: str) -> list[dict[str, Any]]:
    file, record = _id("file", case, _of(row)), _id("provenance-record", case, _of(row))
    things: list[dict[str, Any]] = [
        _file(file, case, row),
        {
            "@id": record,
            "@type": "case-investigation:ProvenanceRecord",
            "case-investigation:exhibitNumber": str(row["number"]),
            "uco-core:description": row["kind"],
            "uco-core:object": {"@id": file},
        },
        {
            "@id": _id("investigative-action", case, _of(row)),
            "@type": "case-investigation:InvestigativeAction",
            "uco-action:endTime": {"@type": "xsd:dateTime", "@value": row["taken_at"]},
            "uco-action:performer": {"@id": who},
            "uco-action:result": [{"@id": file}, {"@id": record}],
            "uco-core:description": f"{row['source_system']}: {row['how']}",
            "uco-core:name": "taken in",
        },
    ]
    if row["derived_from"] is not None:
        original = _id("file", case, _of(rows[row["derived_from"] - 1]))
        things.append(
            {
                "@id": _id("relationship", case, _of(row)),
                "@type": "uco-observable:ObservableRelationship",
                "uco-core:isDirectional": {"@type": "xsd:boolean", "@value": "true"},
                "uco-core:kindOfRelationship": "Derived_From",
                "uco-core:source": {"@id": file},
                "uco-core:target": {"@id": original},
            }
        )
    return things


def _file(file: str, case: str, row: Mapping[str, Any]) -> dict[str, Any]:
    sums = {"SHA256": row["sha256"], **({"SM3": row["sm3"]} if row["sm3"] else {})}
    hashes = [
        {
            "@id": _id("hash", case, f"{_of(row)}:{method}"),
            "@type": "uco-types:Hash",
            "uco-types:hashMethod": method,
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": digest},
        }
        for method, digest in sums.items()
    ]
    size = {"@type": "xsd:integer", "@value": str(row["size"])}
    named = {
        "@id": _id("file-facet", case, _of(row)),
        "@type": "uco-observable:FileFacet",
        "uco-observable:fileName": row["name"],
        "uco-observable:filePath": row["path"],
        "uco-observable:sizeInBytes": size,
    }
    content = {
        "@id": _id("content-data-facet", case, _of(row)),
        "@type": "uco-observable:ContentDataFacet",
        "uco-observable:hash": hashes,
        "uco-observable:sizeInBytes": size,
    }
    return {"@id": file, "@type": "uco-observable:File", "uco-core:hasFacet": [named, content]}


def _of(row: Mapping[str, Any]) -> str:
    return f"{row['number']}:{row['sha256']}"


def _id(kind: str, case: str, of: str) -> str:
    """Names of CASE end in a UUID; version 5 comes of what it names alone."""
    return f"kb:{kind}-{uuid5(NAMESPACE_URL, f'urn:mingcha:{kind}:{case}:{of}')}"
