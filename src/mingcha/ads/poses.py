"""Whom an ad claims to be: the firm or licence named beside a pose, for a person to look up in a register."""

import re

NEAR = 24  # characters to either side of the pose
FIRM = re.compile(
    r"[\u3400-\u9fff（()）]{2,16}?(?:律师事务所|律所|调解中心|法律服务所|援助中心|服务中心|分局|监管局|金融局)"
)
PERSON = re.compile(r"[\u3400-\u9fff]{1,3}律师")
LICENCE = re.compile(r"(?:执业证号?|许可证号?|备案号?)[：: ]{0,2}[0-9A-Za-z\u3400-\u9fff-]{5,24}")
GENERIC = frozenset(
    {"金融律师", "债务律师", "专业律师", "资深律师", "我是律师", "执业律师", "本律师", "知名律师", "合作律师"}
)


def named_in(text: str, start: int, end: int) -> str | None:
    """The licence, firm or person named around `text[start:end]`; None where only a title is claimed."""
    around = text[max(0, start - NEAR) : end + NEAR]
    for pattern in (LICENCE, FIRM, PERSON):
        for match in pattern.finditer(around):
            if match.group() not in GENERIC and len(match.group()) > 2:
                return match.group()
    return None
