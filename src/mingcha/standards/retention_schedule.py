"""How long what the house keeps is kept, from dated data: each kind of holding once, the chains for ever.

Not to be taken for `retention`, how long source systems keep their own originals.
"""

from collections.abc import Mapping
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.provenance import Clause
from mingcha.model.retention import Holding, Schedule, Term
from mingcha.model.words import Words

MOST = 100  # years


def parse_schedule(name: str, data: Mapping[str, Any], clauses: Mapping[str, Clause], *, site: bool) -> Schedule:
    """The schedule of a file; BadStandard names what is missing, twice there, or not signed for."""
    signed = str(data.get("countersigned_by", "")).strip()
    if site and not signed:
        why = Words("机构的修改须写明由谁负责", "what a site changes says who stands for it")
        raise BadStandard(which=name, why=why)
    try:
        terms = tuple(_term(name, row, clauses) for row in data.get("terms", ()))
        status = Words(data["status"]["zh"], data["status"]["en"])
        told = Schedule(id=data["id"], terms=terms, status=status, countersigned_by=signed)
    except (KeyError, TypeError, ValueError) as error:
        raise BadStandard(which=name, why=f"{type(error).__name__}: {error}") from None
    if sorted(one.holding for one in terms) != sorted(Holding):
        why = Words("每类保存对象须且只须写一次", "each kind of holding stands once")
        raise BadStandard(which=name, why=why)
    return told


def _term(name: str, row: Mapping[str, Any], clauses: Mapping[str, Clause]) -> Term:
    holding, years = Holding(row["holding"]), row.get("years")
    where = f"{name}:{holding.value}"
    if holding is Holding.LOG and years is not None:
        why = Words("证据链与查阅日志永久保存", "chains and the access log are kept for ever")
        raise BadStandard(which=where, why=why)
    if years is not None and (type(years) is not int or not 1 <= years <= MOST):
        raise BadStandard(which=where, why=Words(f"年数为 1 至 {MOST}", f"years are from 1 to {MOST}"))
    clause = row["clause"]
    if clause not in clauses:
        raise BadStandard(which=where, why=Words(f"没有条款 {clause}", f"there is no clause {clause}"))
    return Term(
        holding=holding,
        years=years,
        since=Words(row["since"]["zh"], row["since"]["en"]),
        clause=clause,
        grade=clauses[clause].grade,
        why=Words(row["why"]["zh"], row["why"]["en"]),
    )
