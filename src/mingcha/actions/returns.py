"""The tables of a month or a quarter by the codes of JR/T 0169, from the register as it stands; asking is sealed."""

from collections.abc import Iterator, Sequence

from mingcha.actions.cases import Facts, cases_of, disposed
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.lots import lots
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import InputError
from mingcha.model.actor import Actor
from mingcha.model.complaint import Complaint
from mingcha.model.quality import Case
from mingcha.model.returns import By, Returned, Returns
from mingcha.model.words import Words
from mingcha.quality.returns import period, returns
from mingcha.standards.calendar import local_day

OWN = {By.CHANNEL: "channel", By.BUSINESS: "product", By.CAUSE: "", By.REGION: ""}  # what stands in for a missing code


def returns_of(deps: Deps, actor: Actor, name: str) -> Returns:
    """The tables of a period such as `2026-10` or `2026Q3`. InputError for any other name, and for one that is still to come.

    They hold no complaint, nobody, and nothing of agency or organisation. Complaints that were disposed of when their term ended are
    counted as before; those erased at a person's own wish are not in them any more.
    """
    may(actor, "see_returns")
    of, today = period(name), local_day(deps.now())
    if of is None or of.first > today:
        expected = Words(
            "已开始的月份（2026-10）或季度（2026Q3）", "a month (2026-10) or quarter (2026Q3) that has begun"
        )
        raise InputError(where="period", found=name, expected=expected)
    with deps.store.read() as view:
        ids = [stored.id for stored in view.records.scan("complaints") if stored.wrapped]
        held = [case for lot in lots(ids) for case in _cases(deps, view, lot)]
        held += [_returned(one.case, one.codes, one.coded) for one in disposed(view)]
    made = returns(held, of, today)
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_returns", "period": name, "received": made.total.received})
    return made


def _cases(deps: Deps, work: Work, ids: Sequence[str]) -> Iterator[Returned]:
    heads = work.records.heads("complaints", ids)
    filed: dict[str, Complaint] = {id_: open_record(deps.keys, heads[id_]).keyed for id_ in ids}
    facts = (Facts(complaint, None, (), None, 0) for complaint in filed.values())
    cases = cases_of(work, facts, local_day(deps.now()))
    for complaint, case in zip(filed.values(), cases, strict=True):
        yield _returned(case, *codes_of(complaint))


def codes_of(complaint: Complaint) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """The codes of a complaint in the order of `By`, and whether the ledger gave each."""
    codes = tuple(getattr(complaint, by.value) or getattr(complaint, OWN[by], None) or "" for by in By)
    return codes, tuple(bool(getattr(complaint, by.value)) for by in By)


def _returned(case: Case, codes: tuple[str, ...], coded: tuple[bool, ...]) -> Returned:
    return Returned(
        received_on=case.received_on,
        codes=codes,
        coded=coded,
        answered=case.days is not None,
        late=case.late,
        withdrawn=case.withdrawn,
        not_handled=case.not_handled,
        upheld=case.decided and case.relief,
        refused=case.decided and not case.relief,
        days=case.days,
    )
