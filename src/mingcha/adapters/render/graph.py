"""Rings as graphs other programs read: GraphML, GEXF 1.3, JSON (nodes and links) and FollowTheMoney entities, a line each.

Nodes are rings, the values they share (keyed tokens) and complaints (keyed ids); no personal data is in any of them.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

from mingcha.errors import InputError
from mingcha.model.ring import Ring
from mingcha.model.words import Words

Node = dict[str, str]
Edge = dict[str, str]


def write_graph(rings: Sequence[Ring], path: Path) -> None:
    """Write rings in the form the file's ending names; InputError for an ending nobody knows."""
    for ending, form in FORMS.items():
        if path.name.endswith(ending):
            path.write_text(form(rings), encoding="utf-8")
            return
    raise InputError(
        where=path.name,
        found=path.suffix,
        expected=Words("以 .graphml、.gexf、.json 或 .ftm.json 结尾", "an ending .graphml, .gexf, .json or .ftm.json"),
    )


def nodes(rings: Sequence[Ring]) -> list[Node]:
    """Every ring, value and complaint once, by id."""
    out: dict[str, Node] = {}
    for ring in rings:
        out[ring.id] = {"id": ring.id, "kind": "ring", "label": ring.id, "role": ring.status.value}
        for member in ring.members:
            id_ = f"{member.kind}:{member.value}"
            out[id_] = {
                "id": id_,
                "kind": member.kind,
                "label": f"{member.kind} …{member.value[-6:]}",
                "role": member.role.value,
            }
        for complaint in ring.complaints:
            out[complaint] = {"id": complaint, "kind": "complaint", "label": complaint, "role": "possible_victim"}
    return [node for _, node in sorted(out.items())]


def edges(rings: Sequence[Ring]) -> list[Edge]:
    """Ring to value by role, value to complaint by family."""
    out = []
    for ring in rings:
        for member in ring.members:
            id_ = f"{member.kind}:{member.value}"
            out.append(
                {"source": ring.id, "target": id_, "kind": member.role.value, "millibits": str(member.millibits)}
            )
            out += [
                {"source": id_, "target": complaint, "kind": member.family.value, "millibits": str(member.millibits)}
                for complaint in member.complaints
            ]
    return sorted(out, key=lambda edge: (edge["source"], edge["target"], edge["kind"]))


def graphml(rings: Sequence[Ring]) -> str:
    """GraphML 1.0."""
    root = Xml.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, of in (("kind", "node"), ("label", "node"), ("role", "node"), ("kind", "edge"), ("millibits", "edge")):
        Xml.SubElement(root, "key", {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": "string"})
    graph = Xml.SubElement(root, "graph", edgedefault="undirected")
    for node in nodes(rings):
        _data(Xml.SubElement(graph, "node", id=node["id"]), "node", node, ("kind", "label", "role"))
    for edge in edges(rings):
        made = Xml.SubElement(graph, "edge", source=edge["source"], target=edge["target"])
        _data(made, "edge", edge, ("kind", "millibits"))
    return _written(root)


def _data(parent: Xml.Element, of: str, values: dict[str, str], names: Sequence[str]) -> None:
    for name in names:
        Xml.SubElement(parent, "data", key=f"{of}_{name}").text = values[name]


def gexf(rings: Sequence[Ring]) -> str:
    """GEXF 1.3."""
    root = Xml.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    graph = Xml.SubElement(root, "graph", defaultedgetype="undirected")
    for of, names in (("node", ("kind", "role")), ("edge", ("kind", "millibits"))):
        declared = Xml.SubElement(graph, "attributes", {"class": of})
        for name in names:
            Xml.SubElement(declared, "attribute", id=name, title=name, type="string")
    held = Xml.SubElement(graph, "nodes")
    for node in nodes(rings):
        _values(Xml.SubElement(held, "node", id=node["id"], label=node["label"]), node, ("kind", "role"))
    links = Xml.SubElement(graph, "edges")
    for number, edge in enumerate(edges(rings)):
        made = Xml.SubElement(links, "edge", id=str(number), source=edge["source"], target=edge["target"])
        _values(made, edge, ("kind", "millibits"))
    return _written(root)


def _values(parent: Xml.Element, values: dict[str, str], names: Sequence[str]) -> None:
    held = Xml.SubElement(parent, "attvalues")
    for name in names:
        Xml.SubElement(held, "attvalue", {"for": name, "value": values[name]})


def _written(root: Xml.Element) -> str:
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def node_link(rings: Sequence[Ring]) -> str:
    """JSON: nodes and links."""
    return json.dumps({"nodes": nodes(rings), "links": edges(rings)}, ensure_ascii=False, indent=1) + "\n"


SCHEMAS = {"payee": "BankAccount", "bank_card": "BankAccount", "template": "Document", "contract": "Document"}


def follow_the_money(rings: Sequence[Ring]) -> str:
    """FollowTheMoney entities, one JSON object a line: organisations, accounts and documents, joined by UnknownLink."""
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in _entities(rings))


def _entities(rings: Sequence[Ring]) -> Iterator[dict[str, object]]:
    ids = {}
    for number, node in enumerate(nodes(rings)):
        ids[node["id"]] = f"mingcha-{number}"
        schema = {"ring": "Organization", "complaint": "Document"}.get(node["kind"])
        schema = schema or SCHEMAS.get(node["kind"], "UserAccount")
        name = "title" if schema == "Document" else "accountNumber" if schema == "BankAccount" else "name"
        about = [f"{node['kind']}: {node['role']}"]
        yield {"id": ids[node["id"]], "schema": schema, "properties": {name: [node["label"]], "summary": about}}
    for number, edge in enumerate(edges(rings)):
        ends = {"subject": [ids[edge["source"]]], "object": [ids[edge["target"]]], "role": [edge["kind"]]}
        yield {"id": f"mingcha-link-{number}", "schema": "UnknownLink", "properties": ends}


FORMS: dict[str, Callable[[Sequence[Ring]], str]] = {
    ".ftm.json": follow_the_money,
    ".graphml": graphml,
    ".gexf": gexf,
    ".json": node_link,
}
