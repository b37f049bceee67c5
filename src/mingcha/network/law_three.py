"""Law 3: coordination is lawful, and no single thread hangs anyone; every leg must hold, and no explanation."""

from mingcha.model.finding import TIE_FAMILIES
from mingcha.model.tie import LAW_THREE_CUSTOMERS, LAW_THREE_FAMILIES, GroupSummary, LawThree


def test_group(group: GroupSummary) -> LawThree:
    """Each leg of law 3 for one group. Without conduct a group is a joint grievance: a signal to repair something.

    A group that is too large to mean anything has no threads of its own.
    """
    threads = TIE_FAMILIES.intersection(() if group.too_large else group.families)
    return LawThree(
        two_families=len(threads) >= LAW_THREE_FAMILIES,
        three_customers=group.customers.count >= LAW_THREE_CUSTOMERS,
        conduct=bool(group.conduct),
        explanations_tested=group.explanations_tested,
        explained=bool(group.explanations),
    )
