"""What stands under customers and complaints: all that names one, or names what stands there, and is no other customer's.

One answer for erasing, for disposing and for giving a copy, so that nothing of somebody stays behind where they went.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept, open_record
from mingcha.actions.ports.store import Work
from mingcha.model.kinds import ID_PREFIX, KINDS
from mingcha.model.stored import StoredRecord

Filed = dict[str, tuple[StoredRecord, Kept]]
PREFIX_OF = {  # by the column that names such a record; the first a record gives says where it goes
    column: ID_PREFIX[code]
    for column, code in (
        ("complaint_id", "complaints"),
        ("customer_id", "customers"),
        ("attachment_id", "attachments"),
        ("call_id", "calls"),
        ("account_id", "accounts"),
    )
}


def filed_under(deps: Deps, work: Work, roots: Mapping[str, str | None]) -> dict[str, Filed]:
    """By customer or complaint, with the customer it is of: the newest versions that stand under it, opened; those erased are left out."""
    out: dict[str, Filed] = {root: {} for root in roots}
    newest: Mapping[str, set[str]] = {root: {root} for root in roots}  # what was found last, and what it stands under
    while newest:
        found: dict[str, set[str]] = defaultdict(set)
        for column, prefix in PREFIX_OF.items():
            for stored in named_by(work, column, sorted(id_ for id_ in newest if id_.startswith(prefix))):
                if not stored.wrapped:
                    continue
                kept = open_record(deps.keys, stored)
                whose = getattr(kept.keyed, "customer_id", None)
                for root in newest[getattr(kept.keyed, column)]:
                    if whose in (None, roots[root]) and stored.id not in out[root]:
                        out[root][stored.id] = (stored, kept)
                        found[stored.id].add(root)
        newest = found
    return out


def complaints_among(under: Filed) -> set[str]:
    """Complaints among what stands under a customer, and those, of whomever, that some of it was filed with."""
    filed = {up for _, kept in under.values() if (up := getattr(kept.keyed, "complaint_id", None)) is not None}
    return filed | {id_ for id_, (stored, _) in under.items() if stored.kind == "complaints"}


def named_by(work: Work, column: str, ids: Sequence[str]) -> list[StoredRecord]:
    """Newest versions of the records of any kind that name one of these in a column."""
    kinds = [kind.code for kind in KINDS if any(one.name == column for one in kind.columns)] if ids else []
    return [one for kind in kinds for one in work.records.by_token(kind, column, ids)]
