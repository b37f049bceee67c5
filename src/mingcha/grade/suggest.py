"""From findings to a suggestion: strongest per family, the arithmetic shown; law 3's conjunction decides, never the sum.

`linked` needs law 3 met by the complaint's own group, a tie of its own into it and no verified representation. "Breach of
order" and the grounds to decline belong to people and are never suggested.
"""

from collections.abc import Sequence
from dataclasses import replace

from mingcha.errors import BelowFloor
from mingcha.grade.scale import Scale
from mingcha.grade.scale_2026_11_25 import SCALE
from mingcha.grade.weigh import points_of
from mingcha.model.assessment import Label, Step, Suggestion
from mingcha.model.finding import TIE_FAMILIES, Answer, Finding, Result, Side
from mingcha.model.laws import MIN_TIE_FAMILIES, MIN_UNRELATED_CUSTOMERS
from mingcha.model.tie import GroupSummary, LawThree
from mingcha.model.weights import SHIPPED, Weights
from mingcha.model.words import Words


def check_floors(scale: Scale) -> Scale:
    """Refuse a scale below the floors of the laws."""
    if scale.min_customers < MIN_UNRELATED_CUSTOMERS or min(scale.min_families, scale.min_threads) < MIN_TIE_FAMILIES:
        raise BelowFloor(
            scheme=scale.id,
            why=Words("铁律三要求三名无关客户和两类联系", "law 3 asks for three unrelated customers and two families"),
        )
    return scale


check_floors(SCALE)


def suggest(
    results: Sequence[Result],
    group: GroupSummary | None,
    law_three: LawThree | None,
    weights: Weights = SHIPPED,
    scale: Scale = SCALE,
) -> Suggestion:
    """The suggestion for one complaint; findings weigh what the weights make of their points."""
    findings = _weighed(results, weights, scale)
    steps = _steps(findings)
    agency = _points(findings, steps, Answer.AGENCY)
    organisation = _points(findings, steps, Answer.ORGANISATION)
    law = law_three if group is not None else None
    label = _label(findings, law, scale)
    return Suggestion(
        label=label,
        scale=scale.id,
        agency_points=agency,
        organisation_points=organisation,
        steps=steps,
        law_three=law_three,
        why=_why(label, findings, group, scale),
        why_not=_why_not(findings, law_three, hangs_on_one=_hangs_on_one(findings, scale)),
    )


def _steps(findings: Sequence[Finding]) -> tuple[Step, ...]:
    """Every finding with its signed points; counted where it is the strongest of its answer, family and side."""
    strongest: dict[tuple[Answer, str, Side], Finding] = {}
    for one in findings:
        key = (one.answer, one.family.value, one.side)
        held = strongest.get(key)
        if held is None or (one.points, one.detector) > (held.points, held.detector):
            strongest[key] = one
    counted = {id(one) for one in strongest.values()}
    return tuple(
        Step(one.detector, one.family, one.points if one.side is Side.FOR else -one.points, id(one) in counted)
        for one in findings
    )


def _points(findings: Sequence[Finding], steps: Sequence[Step], answer: Answer) -> int:
    pairs = zip(findings, steps, strict=True)
    return sum(step.points for one, step in pairs if one.answer is answer and step.counted)


def relabel(results: Sequence[Result], law_three: LawThree | None, weights: Weights, scale: Scale = SCALE) -> Label:
    """The label alone, as other weights would give it."""
    return _label(_weighed(results, weights, scale), law_three, scale)


def _weighed(results: Sequence[Result], weights: Weights, scale: Scale) -> list[Finding]:
    """Findings with what they weigh; one that an innocent explanation outweighs as shipped stays outweighed by it."""
    shipped = [result for result in results if isinstance(result, Finding)]
    deltas = dict(weights.deltas)
    if not deltas:
        return shipped
    weights_of = [points_of(one, deltas, scale) for one in shipped]
    against = [(one, points) for one, points in zip(shipped, weights_of, strict=True) if one.side is Side.AGAINST]
    return [
        replace(one, points=min([points, *(most for other, most in against if _outweighed(one, [other]))]))
        for one, points in zip(shipped, weights_of, strict=True)
    ]


def _label(findings: Sequence[Finding], law_three: LawThree | None, scale: Scale) -> Label:
    if any(one.stops_ties for one in findings):
        return Label.AUTHORISED_AGENT
    if law_three is not None and law_three.met and not _hangs_on_one(findings, scale):
        return Label.LINKED
    return Label.INSUFFICIENT if _named(findings, scale) else Label.ORDINARY


def _hangs_on_one(findings: Sequence[Finding], scale: Scale) -> bool:
    """Whether the complaint has too few kinds of ties of its own."""
    threads = {
        one.family
        for one in findings
        if one.side is Side.FOR and one.family in TIE_FAMILIES and one.answer is Answer.ORGANISATION
    }
    return len(threads) < scale.min_threads


def _named(findings: Sequence[Finding], scale: Scale) -> list[Finding]:
    """Findings strong enough to be named when they are not enough to judge."""
    against = [one for one in findings if one.side is Side.AGAINST]
    named = (one for one in findings if one.side is Side.FOR and one.points >= scale.named_points)
    return sorted((one for one in named if not _outweighed(one, against)), key=lambda one: one.detector)


def _why(label: Label, findings: Sequence[Finding], group: GroupSummary | None, scale: Scale) -> Words:
    if label is Label.AUTHORISED_AGENT:
        return Words("由已核验的代表提出", "filed by a verified representative")
    if label is Label.LINKED and group is not None:
        found = len(group.conduct) + group.conduct_more
        return Words(
            f"所在群组涉及{group.customers.count}名互不相关的客户、{len(group.families)}类相互独立的关联和{found}项行为依据；客户首先是可能的受害人",
            f"its group holds {group.customers.count} unrelated customers, {len(group.families)} independent families of ties and "
            f"{found} findings of conduct; the customer is first of all a possible victim",
        )
    if label is Label.INSUFFICIENT:
        named = _named(findings, scale)
        return Words(
            "有线索（" + "；".join(dict.fromkeys(one.why.zh for one in named)) + "），但不足以判断",
            "there are signs ("
            + "; ".join(dict.fromkeys(one.why.en for one in named))
            + ") that are not enough to judge",
        )
    return Words("没有代理或团伙的线索", "no sign of an agency or organisation")


def _outweighed(one: Finding, against: Sequence[Finding]) -> bool:
    """Whether an innocent explanation of the same kind of thread is as strong: a sample letter explains its template."""
    if one.side is Side.AGAINST or one.conduct is not None:
        return False
    return any(other.family is one.family and other.points >= one.points for other in against)


def _why_not(findings: Sequence[Finding], law_three: LawThree | None, *, hangs_on_one: bool) -> Words:
    against = [one for one in findings if one.side is Side.AGAINST]
    zh = [one.why.zh for one in against]
    en = [one.why.en for one in against]
    if law_three is not None and not law_three.met:
        legs = (
            (law_three.two_families, "没有两类相互独立的关联", "no two independent families of ties"),
            (law_three.three_customers, "没有三名互不相关的客户", "no three unrelated customers"),
            (law_three.conduct, "没有查实的行为", "no conduct was found"),
            (law_three.explanations_tested, "无辜的解释尚未全部检验", "innocent explanations are not all tested"),
            (not law_three.explained, "无辜的解释成立", "an innocent explanation holds"),
        )
        zh += [said for held, said, _ in legs if not held]
        en += [said for held, _, said in legs if not held]
    if law_three is not None and law_three.met and hangs_on_one:
        zh.append("所在群组虽有嫌疑，本件自身却没有两类关联")
        en.append("its group is suspected, but this complaint itself has no two kinds of ties to it")
    if not zh:
        return Words("没有相反的证据", "no evidence to the contrary")
    return Words("；".join(zh), "; ".join(en))
