"""Facts and people for the network's tests."""

from mingcha.model.finding import Family
from mingcha.model.party import Customer
from mingcha.model.tie import TieFact
from mingcha.network.scheme import KINDS


def fact(complaint: str, kind: str, value: str, source: str | None = None, customer: str | None = "same") -> TieFact:
    """A fact stated by the complaint itself unless a source (`kind/id`) is given; customer p<complaint> by default."""
    source_kind, _, source_id = (source or f"complaints/{complaint}").partition("/")
    return TieFact(
        complaint=complaint,
        customer=f"p{complaint}" if customer == "same" else customer,
        kind=kind,
        family=KINDS[kind].family if kind in KINDS else Family.LINE,
        value=value,
        source=source_id,
        source_kind=source_kind,
    )


def people(*complaints: str, **more: object) -> dict[str, Customer]:
    """A verified customer, related to nobody, for each complaint."""
    fields = {"verified": True, "household": "none", "employer": "none", **more}
    return {f"p{c}": Customer(id=f"p{c}", **fields) for c in complaints}  # type: ignore[arg-type] -- test factory
