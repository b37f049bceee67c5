"""Who acts, in which role, for which purpose."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.words import Words

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


ROLE_WORDS: dict[Role, Words] = {
    Role.HANDLER: Words("经办", "handler"),
    Role.ANALYST: Words("分析", "analyst"),
    Role.SUPERVISOR: Words("主管", "supervisor"),
    Role.CONSUMER_PROTECTION: Words("消费者保护", "consumer protection"),
    Role.LEGAL: Words("法务", "legal liaison"),
    Role.AD_MONITOR: Words("广告监测", "ad monitor"),
    Role.VICTIM_SUPPORT: Words("受害人援助", "victim support"),
    Role.INSPECTOR: Words("检查", "inspector"),
    Role.AUDITOR: Words("审计", "auditor"),
    Role.ADMIN: Words("管理员（不能查看投诉）", "administrator (reads no complaints)"),
}


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
