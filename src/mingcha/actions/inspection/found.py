"""Assessments, families, judgements and parity held against what their runs sealed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from mingcha.actions.assessments import open_output
from mingcha.actions.codec import dumps
from mingcha.actions.deps import Deps
from mingcha.actions.family_words import judgements
from mingcha.actions.inspection.records import Register
from mingcha.actions.inspection.sealed import Sealed, Told
from mingcha.actions.person_book import all_person_words
from mingcha.actions.ports.store import Work
from mingcha.actions.proofs import members_digest
from mingcha.actions.ring_book import events_digest, ring_events, rings_kept
from mingcha.actions.ring_book import judgements as ring_judgements
from mingcha.actions.weights import proposal_digest, proposals
from mingcha.errors import KeyTrouble
from mingcha.evidence.merkle import root
from mingcha.model.assessment import Assessment
from mingcha.model.inspection import Flaw
from mingcha.model.ring import Ring, RingEvent
from mingcha.model.stored import Membership, StoredAssessment
from mingcha.model.words import Words

Note = Callable[[StoredAssessment, Assessment], None]


def check_assessments(
    deps: Deps, work: Work, sealed: Sealed, note: Note, progress: Callable[[str, int], None]
) -> Iterator[Flaw]:
    """The newest assessments against the lots of the last run, and each against its own digest; `note` sees those that hold."""
    digests: list[str] = []
    for stored in work.desk.newest_assessments():
        digests.append(stored.digest)
        progress("assessments", 1)
        if stored.wrapped:
            opened = _opened(deps, stored)
            if opened is None or stored.label != opened.suggestion.label.value:
                yield Flaw(
                    "assessment_changed",
                    stored.complaint,
                    Words("核查结果与封存的摘要不符", "the assessment is not the one that was sealed"),
                )
            else:
                note(stored, opened)
    yield from _lots(digests, _last_run(sealed))
    yield from _parity(sealed)


def _opened(deps: Deps, stored: StoredAssessment) -> Assessment | None:
    try:
        output = open_output(deps, stored)
    except (KeyTrouble, KeyError, ValueError, TypeError):
        return None
    same = sha256(dumps(output)).hexdigest() == stored.digest and output.complaint == stored.complaint
    return output if same else None


def _last_run(sealed: Sealed) -> list[Told]:
    acts = [one for one in sealed.custody if one[1].get("act") == "assess"]
    return [one for one in acts if one[1].get("run") == acts[-1][1].get("run")] if acts else []


def _lots(digests: list[str], lots: list[Told]) -> Iterator[Flaw]:
    """Lots lie at the end of what is kept, in the order of their run."""
    held = sum(int(told["complaints"]) for _, told in lots)
    at = len(digests) - held
    for link, told in lots:
        count = int(told["complaints"])
        lot = digests[max(at, 0) : max(at + count, 0)]
        at += count
        if told["merkle_root"] != (root([one.encode() for one in lot]) if lot else ""):
            yield Flaw(
                "assessments_missing",
                f"custody:{link.seq}",
                Words("本批核查结果缺失、被换或次序不对", "assessments of this lot are gone, replaced or out of order"),
            )


def _parity(sealed: Sealed) -> Iterator[Flaw]:
    """A run ends with its figures of parity; the next one began without them."""
    ended = [link.at for link, told in sealed.decisions if told.get("act") == "parity"]
    runs: dict[str, datetime] = {}
    for link, told in sealed.custody:
        if told.get("act") == "assess":
            runs[str(told.get("run"))] = link.at
    lasts = list(runs.items())
    for n, (run, last) in enumerate(lasts):
        following = lasts[n + 1][1] if n + 1 < len(lasts) else None
        if not any(last <= at and (following is None or at <= following) for at in ended):
            yield Flaw(
                "parity_missing", run, Words("该次核查没有封存同等对待指标", "this run sealed no figures of parity")
            )


def check_families(work: Work, sealed: Sealed, register: Register) -> Iterator[Flaw]:
    """Who belongs to which family against the last run; what people judged against what was sealed of it."""
    yield from _judgements(work, sealed)
    runs = [one for one in sealed.custody if one[1].get("act") == "families" and "members" in one[1]]
    if not runs:
        return
    link, told = runs[-1]
    later = [one for one, act in (*sealed.custody, *sealed.decisions) if act.get("act") in ("erase", "judge_families")]
    if any(one.at >= link.at for one in later):
        return  # changed by acts that are sealed: the next run says how the families stand
    as_of = next(
        (int(act["as_of_seq"]) for _, act in sealed.custody if act.get("run") == told["run"] and "as_of_seq" in act),
        None,
    )
    rows: list[Membership] = []
    for family, complaints in work.campaigns.families().items():
        old = [one for one in complaints if as_of is None or register.first_seq.get(one, 0) <= as_of]
        if len(old) > 1:  # a family of one and newcomers was born since
            rows += [Membership(complaint=one, family=family, representative=False, similarity=0) for one in old]
    if members_digest(rows) != told["members"]:
        yield Flaw(
            "families_changed",
            f"custody:{link.seq}",
            Words("家族成员与上次核查封存的不符", "who belongs to which family is not what the last run sealed"),
        )


def _judgements(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    acts = {str(told["judgement"]): told for _, told in sealed.acts("judge_families")}
    kept = {one.id: one for one in judgements(work)}
    for id_ in sorted(acts.keys() ^ kept.keys()):
        yield Flaw(
            "judgement_missing",
            id_,
            Words("家族判断与封存记录不一一对应", "a judgement of families is gone, or was never sealed"),
        )
    for id_ in sorted(acts.keys() & kept.keys()):
        one, told = kept[id_], acts[id_]
        said = (told["kind"], told["complaints"], told["anchor"], told["undoes"], told["by"])
        if said != (one.kind.value, list(one.complaints), one.anchor, one.undoes or "", one.by):
            yield Flaw(
                "judgement_changed",
                id_,
                Words("家族判断与封存内容不符", "a judgement of families is not what was sealed"),
            )


def check_rings(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """What became of rings in each run, how they stand, and what people said of ties, against what was sealed."""
    told_of = (*sealed.custody, *sealed.decisions)
    acts = {str(act["run"]): str(act["digest"]) for _, act in told_of if act.get("act") in ("rings", "grade_ring")}
    by_run: dict[str, list[RingEvent]] = {run: [] for run in acts}
    for event in ring_events(work):
        by_run.setdefault(event.run, []).append(event)
    wrong = [run for run, events in by_run.items() if acts.get(run) != events_digest(events)]
    for run in wrong:
        yield Flaw(
            "rings_changed", run, Words("团伙的变化与该次封存的不符", "what became of rings is not what was sealed")
        )
    if not wrong and rings_kept(work) != _last_states(work):
        yield Flaw(
            "rings_changed", "rings", Words("团伙现状与其经过不符", "how rings stand is not what became of them")
        )
    told = {str(act["judgement"]): _word(act, "word", "complaints") for _, act in sealed.acts("judge_tie")}
    kept = {one.id: (one.word.value, list(one.complaints), one.undoes or "", one.by) for one in ring_judgements(work)}
    for id_ in _other(told, kept):
        yield Flaw("tie_word_changed", id_, Words("对关联的判断与封存不符", "a word on ties is not what was sealed"))


def check_persons(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """What people said of customers being one person, against what was sealed."""
    told = {str(act["judgement"]): _word(act, "verdict", "customers") for _, act in sealed.acts("judge_person")}
    kept = {
        one.id: (one.verdict.value if one.verdict else "undone", list(one.customers), one.undoes or "", one.by)
        for one in all_person_words(work)
    }
    for id_ in _other(told, kept):
        yield Flaw(
            "person_word_changed", id_, Words("是否同一人的判断与封存不符", "a word on persons is not what was sealed")
        )


def _word(act: Mapping[str, Any], word: str, about: str) -> tuple[object, ...]:
    return act[word], act[about], act["undoes"], act["by"]


def _other(told: Mapping[str, object], kept: Mapping[str, object]) -> list[str]:
    """What is not the same on both sides, or on one alone."""
    return sorted(id_ for id_ in told.keys() | kept.keys() if told.get(id_) != kept.get(id_))


def _last_states(work: Work) -> list[Ring]:
    last = {event.ring: event.state for event in ring_events(work)}
    return [ring for _, ring in sorted(last.items()) if ring is not None]


def check_weights(work: Work, sealed: Sealed) -> Iterator[Flaw]:
    """Proposals of weights, and who adopted them, against the acts that made and agreed to them."""
    told: dict[str, list[tuple[str, ...]]] = {}
    for _, act in sealed.decisions:
        if act.get("act") == "propose_weights":
            told[str(act["weights"])] = [(str(act["by"]), str(act["digest"]))]
        elif act.get("act") == "agree_weights":
            told.setdefault(str(act["weights"]), []).append((str(act["by"]), str(act["as"]), str(act["reason"])))
    kept = {
        id_: [(one.made_by, proposal_digest(one)), *((a.by, a.role.value, a.reason) for a in one.agreed)]
        for id_, one in proposals(work).items()
    }
    for id_ in sorted(told.keys() | kept.keys()):
        if told.get(id_) != kept.get(id_):
            yield Flaw(
                "weights_changed", id_, Words("权重提案与封存记录不符", "a proposal of weights is not what was sealed")
            )
