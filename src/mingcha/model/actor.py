"""Who acts, in which role, for which purpose."""

from dataclasses import dataclass
from enum import StrEnum

LOCAL = "local:"  # before the system user's name, at the keyboard; an account of that name is the same person


class Role(StrEnum):
    """Roles of people inside the institution. Collections has none."""

    HANDLER = "handler"
    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    CONSUMER_PROTECTION = "consumer_protection"
    LEGAL = "legal"
    AD_MONITOR = "ad_monitor"
    VICTIM_SUPPORT = "victim_support"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Purpose(StrEnum):
    """What a reading or an act is for; tokens carry one."""

    HANDLING = "handling"
    INVESTIGATION = "investigation"
    AID = "aid"
    INSPECTION = "inspection"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting: a person with roles, for a purpose."""

    name: str
    roles: frozenset[Role]
    purpose: Purpose
