"""The regulator's list against the register: every complaint handed over is here, and was not received before it was sent."""

from collections.abc import Iterator

from mingcha.actions.complaint_desk import ENDED
from mingcha.actions.inspection.desk import Desk
from mingcha.actions.inspection.records import Register
from mingcha.model.inspection import Flaw
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day


def check_transfers(register: Register, desk: Desk) -> Iterator[Flaw]:
    """Lines without a complaint, and complaints that the desk counts from a later day than they were handed over."""
    for id_, one in sorted(register.transfers.items()):
        complaint = one.complaint_id
        day = one.transferred_on.isoformat()
        if complaint is None or (complaint not in register.newest and complaint not in register.erased):
            yield Flaw(
                "transfer_missing",
                id_,
                Words(f"{day} 转办的投诉没有登记", f"the complaint handed over on {day} is not in the register"),
            )
            continue
        row = desk.rows.get(complaint)
        if row is not None and one.due_on is not None and row.nearest > one.due_on and row.state not in ENDED.values():
            yield Flaw(
                "transfer_due",
                complaint,
                Words(
                    f"转办要求 {one.due_on} 前办结，待办写 {row.nearest}",
                    f"due {one.due_on} by the transfer, {row.nearest} on the desk",
                ),
            )
        if (
            row is not None
            and local_day(row.received_at) > one.transferred_on
            and (local_day(row.received_at) - one.transferred_on).days > GRACE
        ):
            yield Flaw(
                "transfer_late",
                complaint,
                Words(
                    f"{day} 转办，{local_day(row.received_at)} 才登记收到",
                    f"handed over on {day}, registered as received on {local_day(row.received_at)}",
                ),
            )


GRACE = 3  # days a letter may take
