"""The register of referrals: how each stands in one line, and all of them in numbers; facts counted, nothing weighed."""

from collections.abc import Mapping, Sequence

from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.case_out import Filing
from mingcha.model.correction import RegisterLine, RegisterTotals
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

Named = Mapping[str, Words]


def lines(case: str, facts: CaseFacts, addressees: Named, offences: Named) -> tuple[RegisterLine, ...]:
    """The referrals of one case, in the order drafted."""
    return tuple(_line(case, facts, one, addressees, offences) for one in facts.referrals)


def totals(register: Sequence[RegisterLine]) -> RegisterTotals:
    """All lines in numbers."""
    filed = [one.filed.filing for one in register if one.filed is not None]
    sent = [one for one in register if one.sent_on is not None]
    return RegisterTotals(
        referrals=len(register),
        sent=len(sent),
        received=sum(one.received is not None for one in register),
        accepted=filed.count(Filing.ACCEPTED),
        refused=filed.count(Filing.REFUSED),
        returned=filed.count(Filing.RETURNED),
        waiting=sum(one.filed is None for one in sent),
        people=sum(one.people for one in register),
        rings=sum(one.rings for one in register),
        sentences=sum(one.sentences for one in register),
        restitution=sum(one.restitution for one in register),
        corrections=sum(one.owes_correction for one in register),
    )


def _line(case: str, facts: CaseFacts, one: Referral, addressees: Named, offences: Named) -> RegisterLine:
    drafted = one.drafted
    return RegisterLine(
        case=case,
        title=facts.title,
        referral=one.id,
        addressee=addressees.get(drafted.addressee, Words(drafted.addressee, drafted.addressee)),
        offence=offences.get(drafted.offence, Words(drafted.offence, drafted.offence)),
        stage=drafted.stage,
        agreed=len(one.agreed),
        sent_on=local_day(one.sent.handed_over) if one.sent else None,
        received=one.received,
        filed=one.filed,
        feedback=tuple(each.text for each in one.outcomes),
        people=sum(each.people for each in one.outcomes),
        rings=sum(each.rings for each in one.outcomes),
        sentences=sum(each.sentences for each in one.outcomes),
        restitution=sum(each.restitution for each in one.outcomes),
        owes_correction=one.owes_correction,
    )
