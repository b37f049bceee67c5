"""Who may do what: one table verb x role x purpose, deny by default, concatenated from each subject's own tuple.

Nobody can purge a log, because no such verb exists; an administrator cannot read complaints; collections has no role.
"""

from mingcha.errors import NotPermitted
from mingcha.model.actor import Actor, Purpose, Role

Rule = tuple[str, frozenset[Role], frozenset[Purpose]]

_H, _A, _S = Role.HANDLER, Role.ANALYST, Role.SUPERVISOR
_CP, _L, _V = Role.CONSUMER_PROTECTION, Role.LEGAL, Role.VICTIM_SUPPORT
_I, _AU, _ADMIN = Role.INSPECTOR, Role.AUDITOR, Role.ADMIN
_HANDLING, _INVESTIGATION, _AID = Purpose.HANDLING, Purpose.INVESTIGATION, Purpose.AID
_INSPECTION, _ADMINISTRATION = Purpose.INSPECTION, Purpose.ADMINISTRATION


def _rule(verb: str, roles: tuple[Role, ...], *purposes: Purpose) -> Rule:
    return verb, frozenset(roles), frozenset(purposes)


INTAKE: tuple[Rule, ...] = (
    _rule("import", (_H, _A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("assess", (_A, _S, _CP), _HANDLING, _INVESTIGATION),
)
DESK: tuple[Rule, ...] = (
    _rule("see_queue", (_H, _S, _CP, _I), _HANDLING, _INSPECTION),
    _rule("search", (_H, _A, _S, _CP), _HANDLING, _INVESTIGATION),
    _rule("see_complaint_merit", (_H, _A, _S, _CP, _L, _V, _I), _HANDLING, _INVESTIGATION, _AID, _INSPECTION),
    _rule("see_complaint_reveal", (_H, _A, _S, _CP, _L, _I), _HANDLING, _INVESTIGATION, _INSPECTION),
    _rule("decide_merit", (_H, _S, _CP), _HANDLING),
    _rule("decide_conclusion", (_A, _S, _CP, _L), _HANDLING, _INVESTIGATION),
    _rule("undo_decision", (_H, _A, _S, _CP, _L), _HANDLING, _INVESTIGATION),
    _rule("record_clock_event", (_H, _S, _CP), _HANDLING),
)
OUT: tuple[Rule, ...] = (
    _rule("report", (_S, _CP, _A, _I, _AU), _HANDLING, _INVESTIGATION, _INSPECTION),
    _rule("export_assessments", (_A, _S, _CP), _INVESTIGATION),
    _rule("export_source_ids", (_A, _S, _CP), _INVESTIGATION),
)
PROOF: tuple[Rule, ...] = (
    _rule("replay", (_A, _S, _CP, _I, _AU), _HANDLING, _INVESTIGATION, _INSPECTION),
    _rule("verify_chains", (_A, _S, _CP, _I, _AU), _HANDLING, _INVESTIGATION, _INSPECTION),
    _rule("see_access_log", (_I, _AU), _INSPECTION),
)
HOUSE: tuple[Rule, ...] = (
    _rule("manage_accounts", (_ADMIN,), _ADMINISTRATION),
    _rule("manage_keys", (_ADMIN,), _ADMINISTRATION),
    _rule("backup", (_ADMIN,), _ADMINISTRATION),
    _rule("erase", (_CP,), _HANDLING),
)

TABLE: tuple[Rule, ...] = INTAKE + DESK + OUT + PROOF + HOUSE
_BY_VERB: dict[str, Rule] = {rule[0]: rule for rule in TABLE}

DECIDES_MERIT = _BY_VERB["decide_merit"][1]


def may(actor: Actor, verb: str) -> None:
    """Return when the actor may do this for this purpose; NotPermitted otherwise, unknown verbs included."""
    rule = _BY_VERB.get(verb)
    if rule is None:
        raise NotPermitted(actor=actor.name, verb=verb, why="there is no such verb")
    _, roles, purposes = rule
    if not actor.roles & roles:
        raise NotPermitted(actor=actor.name, verb=verb, why="none of the person's roles allows it")
    if actor.purpose not in purposes:
        raise NotPermitted(actor=actor.name, verb=verb, why=f"not for the purpose {actor.purpose.value}")


def may_reveal(actor: Actor, merit_decided: bool) -> bool:
    """Whether agency and organisation may be shown: never before merit is sealed to whoever could decide it (law 2)."""
    return merit_decided or not actor.roles & DECIDES_MERIT
