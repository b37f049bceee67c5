"""Chinese addresses in parts that can be compared: region, street and number, estate, building, unit, room.

Whatever is not said stays empty: parts are compared where both sides say them. Numbers are digits however they are written.
"""

import re
from dataclasses import dataclass, replace

from mingcha.text.divisions import MUNICIPALITIES, province_of, provinces
from mingcha.text.normalise import normalise

LONGEST = 200
DIGIT = {**dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)), "两": 2}
COUNTED = r"(?=号|栋|幢|座|单元|层|楼|室|房|弄|户|期)"
NUMERAL = re.compile(rf"[零〇一二三四五六七八九十百两]+{COUNTED}")
NO_ROAD = "(?![东西南北中]?[一二三四]?(?:路|街|大道|大街))"  # 北京西路 is a road of many a town
PROVINCE_TAIL = "(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)?"
CITY_TAIL = "(?:市|地区|盟|[\u4e00-\u9fff]{0,8}?自治州)?"
DISTRICT = re.compile(r"(?P<it>[^\d号路街]{1,9}?(?:(?<![小社园校景])区|县|旗|(?<=[^城超])市))(?!场|政|民|委)")
TOWN = re.compile(r"(?P<it>[^\d号路]{1,8}?(?:街道(?:办事处|办)?|(?<![城新村集乡])镇|乡(?!路|村)))")
ROAD = re.compile(
    r"(?P<road>[^\d,号]{1,10}?(?:大道|大街|胡同|路|街|巷|弄))(?:(?P<branch>\d+弄))?(?:(?P<number>\d+(?:-\d+)?)号(?!楼|栋|幢|院楼|单元|室)(?:院)?)?"
)
ESTATE = re.compile(
    r"(?P<it>[^\d号]{1,12}?(?:小区|花园|花苑|家园|嘉园|公寓|大厦|广场|新村|社区|宿舍|公馆|中心|国际|苑|城|园|村|庄|庭|湾|府|居|郡|里)(?:[一二三四\d]期)?)"
)
BUILDING = re.compile(r"(?P<it>\d+|[a-z])(?:号楼|栋|幢|座|号院)|(?P<bare>\d+)(?:号)?楼(?=\d*单元|\d)")
UNIT = re.compile(r"(?P<it>\d+|[a-z])单元")
ROOM = re.compile(r"(?P<it>\d{2,5}[a-z]?)(?:室|房|户|号)?$")
DASHES = re.compile(r"(?P<building>\d{1,3})-(?:(?P<unit>\d{1,2})-)?(?P<room>\d{2,5})(?:室|房|户|号)?$")
FLOOR = re.compile(r"\d+(?:层|楼)(?!\d*单元)")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address, without the words that only say what they are; empty where it does not say."""

    province: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    road: str = ""
    number: str = ""
    estate: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""

    @property
    def place(self) -> str:
        """The house number of a road, else the estate: what mail would find."""
        return f"{self.road}{self.number}" if self.road and self.number else self.estate


def address_parts(text: str) -> Address:
    """An address taken apart; all empty for one that is none. What goes on after LONGEST characters is not read.

    >>> address_parts("廣東省深圳市南山區示例路十二號 幸福花園3棟2單元501室").room
    '501'
    """
    plain = re.sub(
        r"[\s,，.。;；、()（）]", "", normalise(text[:LONGEST]).text.translate({ord("—"): "-", ord("－"): "-"})
    )
    plain = NUMERAL.sub(lambda found: str(_number(found[0])), plain)
    region, rest = _region(plain)
    region, rest = _within(region, rest)
    return _house(region, rest)


def _number(han: str) -> int | str:
    """A numeral of Chinese digits: read off one by one, or counted with ten and hundred."""
    if not set(han) & set("十百"):
        return "".join(str(DIGIT[char]) for char in han)
    total = digit = 0
    for char in han:
        if char in DIGIT:
            digit = DIGIT[char]
        else:
            total, digit = total + max(digit, 1) * (10 if char == "十" else 100), 0
    return total + digit


def _region(text: str) -> tuple[Address, str]:
    """Province and prefecture at the beginning, and what follows; a prefecture alone says its province."""
    province = city = ""
    for name in (one for one in provinces() if text.startswith(one)):
        tail = re.match(NO_ROAD + PROVINCE_TAIL, text[len(name) :])
        if tail and not (tail[0] == "市" and name not in MUNICIPALITIES):  # 吉林市 is a city of 吉林
            province, text = name, text[len(name) + tail.end() :]
            break
    for name, its in ((one, its) for one, its in province_of().items() if text.startswith(one)):
        tail = re.match(f"(?!区|县|镇|乡){NO_ROAD}{CITY_TAIL}", text[len(name) :])
        if tail and (not province or province == its):
            province, city, text = its, name, text[len(name) + tail.end() :]
            break
    if province in MUNICIPALITIES:
        city, text = province, re.sub("^(?:市辖区|市)", "", text)
    return Address(province=province, city=city), text


def _within(region: Address, text: str) -> tuple[Address, str]:
    for name, form in (("district", DISTRICT), ("town", TOWN)):
        found = form.match(text)
        if found:
            bare = re.sub(r"(?:街道(?:办事处|办)?|[区县旗市镇乡])$", "", found["it"]) or found["it"]
            region, text = replace(region, **{name: bare}), text[found.end() :]
    return region, text


def _house(region: Address, text: str) -> Address:
    parts: dict[str, str] = {}
    road = ROAD.match(text)
    if road:
        parts |= {"road": road["road"] + (road["branch"] or ""), "number": road["number"] or ""}
        text = text[road.end() :]
    dashed = DASHES.search(text)
    if dashed:
        parts |= {name: value or "" for name, value in dashed.groupdict().items()}
        text = text[: dashed.start()]
    estate = ESTATE.match(text)
    if estate:
        parts["estate"] = estate["it"]
        text = text[estate.end() :]
    for name, form in (("building", BUILDING), ("unit", UNIT)):
        found = form.search(text)
        if found and not parts.get(name):
            parts[name] = found["it"] or found["bare"]
            text = text[: found.start()] + "|" + text[found.end() :]
    room = ROOM.search(FLOOR.sub("", text))
    if room and not dashed:
        parts["room"] = room["it"]
    return replace(region, **parts)
