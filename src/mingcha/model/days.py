"""Sealed days: the root of a day as the audit role signed it, what a slip says of it, and what checking both came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingcha.model.bundle import DayRoot
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDay:
    """One day as its act on the chain of roots says; `heads` are SEQ:HASH by chain at its end, the act's own chain included."""

    root: DayRoot
    zone: str  # whose midnights part the days
    heads: Mapping[str, str]
    at: datetime  # when it was sealed
    token: bytes | None  # RFC 3161 answer over the root


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed or scanned from paper: digests may be given by their first 16 digits or more."""

    day: str | None
    root: str | None
    key: str | None  # public key of the audit role
    heads: tuple[tuple[str, int, str], ...]  # chain, seq, digest


class DayState(StrEnum):
    """What checking a day came to."""

    HOLDS = "holds"
    WAITS = "waits"  # over, not sealed yet
    BROKEN = "broken"
    SIGNATURE = "signature"
    MISSING = "missing"


DAY_WORDS: dict[DayState, Words] = {
    DayState.HOLDS: Words("相符", "holds"),
    DayState.WAITS: Words("尚未封存", "not sealed yet"),
    DayState.BROKEN: Words("记录与封存时不同", "its records are not those that were sealed"),
    DayState.SIGNATURE: Words("不是所给审计密钥的签名", "not signed by the audit key that was given"),
    DayState.MISSING: Words(
        "有记录而没有封存，其后的日期却已封存", "it has records and no seal, though a later day has"
    ),
}


@dataclass(frozen=True, slots=True)
class DayChecked:
    """One day with records or a seal. `stamped`: the time of its stamp, where it holds under an authority given from outside."""

    day: str
    count: int  # records it has now
    root: str  # as sealed; empty where it is not
    state: DayState
    stamped: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlipChecked:
    """A slip and everything on it that the house does not hold."""

    slip: Slip
    faults: tuple[Words, ...]


class Assurance(StrEnum):
    """What the history of the house is worth to whoever does not trust it."""

    ANCHORED = "anchored"
    WITNESSED = "witnessed"
    SELF_ATTESTED = "self-attested"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class DaysChecked:
    """Days in order, slips as given, and the first record of each chain that does not hold."""

    days: tuple[DayChecked, ...]
    slips: tuple[SlipChecked, ...]
    broken: tuple[tuple[str, int, Words], ...]
    assurance: Assurance
    until: (
        str  # the last day it is said of, and the places (CHAIN:SEQ) of chains it is said of beyond; empty where none
    )
    witnessed: str = ""  # where it is anchored: the last day after it that the audit key given signed; empty where none


def assured(found: DaysChecked) -> Words:
    """The verdict in one line: what holds, how far, and that what came after is only said by the house itself."""
    zh, en = f"（至 {found.until}）", f" (until {found.until})"
    more = Words(
        f"其后至 {found.witnessed} 为内部见证，再后" if found.witnessed else "其后",
        f"from there witnessed inside until {found.witnessed}, and what came after"
        if found.witnessed
        else "what came after",
    )
    return {
        Assurance.ANCHORED: Words(
            f"已在外部锚定{zh}：与留存在外的纸条或时间戳相符；{more.zh}仅为自证",
            f"anchored outside{en}: it agrees with the slip or time-stamp kept outside; {more.en} is only self-attested",
        ),
        Assurance.WITNESSED: Words(
            f"内部见证{zh}：每日根值由所给的审计密钥签名；其后仅为自证",
            f"witnessed inside{en}: the audit key that was given signed each day; what came after is only self-attested",
        ),
        Assurance.SELF_ATTESTED: Words(
            "自证：各链相互一致；整链重做者，须以留存在外的纸条发现（--slip）",
            "self-attested: the chains agree with themselves; one made wholly anew is found by a slip (--slip)",
        ),
        Assurance.BROKEN: Words("不符：不作任何保证", "broken: no assurance"),
    }[found.assurance]
