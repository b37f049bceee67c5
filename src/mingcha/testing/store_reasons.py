"""What every store promises of the reasons it keeps."""

from mingcha.actions.ports.store import Store
from mingcha.testing import stored as made


def reasons_are_kept_and_destroyed_by_complaint(store: Store) -> None:
    """Every field; the same id again replaces; erasing empties, also what older versions kept as typed in decisions."""
    with store.write() as work:
        work.reasons.put(made.reason("D-1", complaint="C-1"))
        work.reasons.put(made.reason("D-1", complaint="C-1", body=b"\x00new"))
        work.reasons.put(made.reason("D-2", complaint="C-2"))
        work.reasons.put(made.reason("X-1"))
        work.desk.put_decision(made.decision("D-9", "C-1", reason="typed"))
        work.desk.put_decision(made.decision("D-8", "C-2", reason="typed"))
    with store.write() as work:
        assert work.reasons.get(["D-1", "X-1", "no\0"]) == {
            "D-1": made.reason("D-1", complaint="C-1", body=b"\x00new"),
            "X-1": made.reason("X-1"),
        }
        assert work.reasons.get([]) == {}
        assert work.reasons.erase(["C-1", "C-7"]) == 2
        assert work.reasons.erase(["C-1"]) == work.reasons.erase([]) == 0
    with store.read() as work:
        assert work.reasons.get(["D-1", "D-2"]) == {
            "D-1": made.reason("D-1", complaint="C-1", wrapped=b"", body=b""),
            "D-2": made.reason("D-2", complaint="C-2"),
        }
        assert [one.reason for one in work.desk.decisions("C-1")] == [""]
        assert [one.reason for one in work.desk.decisions("C-2")] == ["typed"]


REASONS = (reasons_are_kept_and_destroyed_by_complaint,)
