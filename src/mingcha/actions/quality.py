"""The figures of parity over the whole house, sealed whenever they are made: by every run, and by whoever asks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from mingcha.actions.assessments import open_output
from mingcha.actions.cases import Facts, amount_of, cases_of, disposed, seal_parity
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.lots import lots
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.ports.store import Work
from mingcha.model.actor import Actor
from mingcha.model.payment import Waiver
from mingcha.model.quality import Parity
from mingcha.quality.parity import parity


def parity_figures(deps: Deps, actor: Actor) -> Parity:
    """The figures as of now. They hold no complaint and nobody; who asked is sealed with their digest."""
    may(actor, "see_parity")
    today = deps.now().astimezone(deps.zone).date()
    with deps.store.read() as view:
        ids = [stored.id for stored in view.records.scan("complaints") if stored.wrapped]
        cases = [case for lot in lots(ids) for case in cases_of(view, facts_about(deps, view, lot), today)]
        cases += [one.case for one in disposed(view)]
    shown = [case for case in cases if may_reveal(actor, case.decided)]
    figures = parity(shown, today, len(cases) - len(shown))
    with deps.store.write() as work:
        seal_parity(deps, work, actor, figures)
    return figures


def facts_about(deps: Deps, work: Work, ids: Sequence[str]) -> Iterable[Facts]:
    """What the figures take from these complaints; those erased are left out."""
    heads = work.records.heads("complaints", ids)
    assessed = work.desk.assessments(ids)
    filed = {id_: open_record(deps.keys, heads[id_]).keyed for id_ in ids if id_ in heads and heads[id_].wrapped}
    born = birth_years(deps, work, {one.customer_id for one in filed.values() if one.customer_id})
    given: dict[str, list[Waiver]] = defaultdict(list)
    for stored in work.records.by_token("waivers", "complaint_id", sorted(filed)):
        waiver: Waiver = open_record(deps.keys, stored).keyed
        given[waiver.complaint_id or ""].append(waiver)
    for id_, complaint in filed.items():
        made = assessed.get(id_)
        claims = open_output(deps, made).claims if made is not None and made.wrapped else ()
        year = born.get(complaint.customer_id or "")
        yield Facts(complaint, year, claims, made.label if made else None, amount_of(id_, given[id_]))


def birth_years(deps: Deps, work: Work, customers: set[str]) -> dict[str, int]:
    """Years of birth of those customers whose records say one."""
    held = work.records.heads("customers", sorted(customers))
    opened = {id_: open_record(deps.keys, stored).keyed for id_, stored in held.items() if stored.wrapped}
    return {id_: one.birth_year for id_, one in opened.items() if one.birth_year}
