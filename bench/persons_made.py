"""Rows of people made up by us, as complaints, calls and papers spell them: one person in several rows, truth beside them.

Families share a door and often a surname, some share a telephone; common names are common; dormitories have no rooms. Roads,
estates and districts are invented or general; identity numbers carry a right check character and belong to nobody.
"""

import random
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

_SURNAMES = (
    "王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯"
    " 邓 曹 彭 曾 萧 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 "
    "谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶"
    " 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 单 仇 查 欧阳 上官 司马 诸葛"
)
SURNAMES = _SURNAMES.split()
_GIVEN = (
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 建华 建国 志强 "
    "海燕 雪梅 晓东 文博 子轩 欣怡 浩然 宇航 梓涵 思远 佳琪 俊杰 雅婷 美玲 国庆 春花 秋菊 立新 爱"
    "民 红梅 玉兰 金凤 德胜 永康 少华 振宇 嘉欣 诗涵 一鸣 天佑 乐怡 重阳 曾荣"
)
GIVEN = _GIVEN.split()
_COMMON = "张伟 王伟 李娜 王芳 李伟 王秀英 李秀英 张敏 李静 张丽 王静 王丽 李强 张静 李敏 王敏 王磊 李军 刘洋 王勇"
COMMON = _COMMON.split()
_REGIONS = (
    "广东省 深圳市 南山区|广东省 广州市 天河区|浙江省 杭州市 西湖区|江苏省 苏州市 昆山市|四川省 成都市"
    " 武侯区|湖北省 武汉市 洪山区|北京市 北京市 朝阳区|上海市 上海市 浦东新区|河南省 郑州市 金水区|山"
    "东省 青岛市 市南区|福建省 厦门市 思明区|湖南省 长沙市 岳麓区|广西壮族自治区 南宁市 青秀区|辽宁省 "
    "沈阳市 和平区|陕西省 西安市 雁塔区|重庆市 重庆市 渝北区"
)
REGIONS = _REGIONS.split("|")
ROADS = [
    a + b
    for a in [
        "和平",
        "建设",
        "新华",
        "春风",
        "文化",
        "学府",
        "望江",
        "滨河",
        "科技",
        "青年",
        "向阳",
        "长兴",
        "永安",
        "迎宾",
        "工业",
    ]
    for b in ("路", "街", "大道", "东路")
]
ESTATES = [
    a + b
    for a in ["幸福", "阳光", "金桂", "翠湖", "锦绣", "明月", "绿洲", "丽景", "云栖", "松涛", "海棠", "朝晖"]
    for b in ("花园", "小区", "家园", "公寓", "新村")
]
HOMOPHONES = "玮苇方纺那敏净莉镭君扬咏燕鹃涛铭朝匣萍钢华健国致墙艺明燕梅红"
DIGITS = "零一二三四五六七八九"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Home:
    """Where somebody lives."""

    region: str
    road: str
    number: int
    estate: str
    building: int
    unit: int
    room: int


@dataclass(frozen=True)
class Person:
    """Somebody, before slips and spellings."""

    name: str
    phone: str
    id_number: str
    home: Home


def made(size: int, seed: int, hard: float = 1.0) -> list[dict[str, str]]:
    """Some `size` rows: id, name, phone, id_number, address, and `person`, the truth nobody may read."""
    dice = random.Random(seed)
    rows: list[dict[str, str]] = []
    dormitories = [replace(home(dice), building=0, unit=0, room=0) for _ in range(3)]
    before: Person | None = None
    turn = 0
    while len(rows) < size:
        person = _person(dice, before, dormitories)
        for _ in range(dice.choice((1, 1, 2, 2, 3, 4, 5))):
            row = written(person, dice, hard)
            rows.append({**row, "person": str(turn)})
        before, turn = person, turn + 1
    dice.shuffle(rows)
    return [{"id": f"R-{at:06}", **row} for at, row in enumerate(rows)]


def _person(dice: random.Random, before: Person | None, dormitories: list[Home]) -> Person:
    name = dice.choice(COMMON) if dice.random() < 0.15 else dice.choice(SURNAMES) + dice.choice(GIVEN)
    where, phone = home(dice), mobile(dice)
    if before is not None and dice.random() < 0.2:  # of the same family as the one before
        where = before.home
        if dice.random() < 0.6:
            surname = before.name[: len(before.name) - 1] if before.name[:2] in SURNAMES else before.name[0]
            name = (before.name[:2] if surname in SURNAMES and len(surname) == 2 else before.name[0]) + dice.choice(
                GIVEN
            )
        if dice.random() < 0.25:
            phone = before.phone
    elif dice.random() < 0.05:
        where = dice.choice(dormitories)
    return Person(name, phone, number(dice), where)


def home(dice: random.Random) -> Home:
    """Somewhere."""
    return Home(
        dice.choice(REGIONS), dice.choice(ROADS), dice.randint(1, 400), dice.choice(ESTATES), dice.randint(1, 30),
        dice.randint(1, 4), dice.randint(1, 32) * 100 + dice.randint(1, 6),
    )  # fmt: skip


def mobile(dice: random.Random) -> str:
    """A mobile number."""
    return dice.choice(("138", "139", "150", "177", "186", "199")) + f"{dice.randrange(10**8):08}"


def number(dice: random.Random) -> str:
    """An identity number of nobody, its check character right (GB 11643)."""
    body = f"999{dice.randrange(1000):03}{dice.randint(1955, 2004)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}{dice.randrange(1000):03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


LOST = {"name": 0.04, "phone": 0.1, "address": 0.15}  # shares of rows: missing, masked, moved, a new number
SLIPS = {"name": 0.2, "phone": 0.05, "address": 0.15}  # misspelt, in letters, in part


def written(person: Person, dice: random.Random, hard: float) -> dict[str, str]:
    """One row about somebody; `hard` times as much is lost as usual."""
    gone = {what: dice.random() < hard * share for what, share in LOST.items()}
    slip = {what: dice.random() < share for what, share in SLIPS.items()}
    return {
        "name": _name(person.name, dice, gone=gone["name"], slip=slip["name"]),
        "phone": _phone(person.phone, dice, gone=gone["phone"], slip=slip["phone"]),
        "id_number": _id(person.id_number, dice),
        "address": _address(person.home, dice, gone=gone["address"], slip=slip["address"]),
    }


def _name(name: str, dice: random.Random, *, gone: bool, slip: bool) -> str:
    from pypinyin import lazy_pinyin

    cut = 2 if name[:2] in SURNAMES else 1
    if gone:
        return dice.choice(("", name[:cut] + dice.choice(("某", "某某", "*", "**"))))
    if not slip:
        return dice.choice((name, name, name, name + dice.choice(("先生", "女士")), f" {name}"))
    odd = {"单": "shan", "仇": "qiu", "查": "zha", "曾": "zeng", "覃": "qin"}
    surname = odd.get(name[:cut], "".join(lazy_pinyin(name[:cut])))
    given = "".join(lazy_pinyin(name[cut:]))
    kind = dice.randrange(4)
    if kind == 0:
        return traditional(name)
    if kind == 1:
        return dice.choice(
            (f"{surname} {given}", f"{surname.title()} {given.title()}", f"{given.title()} {surname.upper()}")
        )
    if kind == 2:
        return f"{given.title()} {surname.title()}"
    at = dice.randrange(cut, len(name))  # one character typed for another of its sound
    alike = [char for char in HOMOPHONES if lazy_pinyin(char) == lazy_pinyin(name[at])]
    return name[:at] + dice.choice(alike or [name[at]]) + name[at + 1 :]


@cache
def traditional(name: str) -> str:
    """A name in traditional script."""
    return str(_converter().convert(name))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def _phone(phone: str, dice: random.Random, *, gone: bool, slip: bool) -> str:
    if gone:
        return dice.choice(("", mobile(dice)))
    at = dice.randrange(3, 10)
    if slip:
        digit = phone[:at] + str(dice.randrange(10)) + phone[at + 1 :]
        return dice.choice((digit, phone[:at] + phone[at + 1] + phone[at] + phone[at + 2 :]))
    shown = (
        phone,
        phone,
        f"+86 {phone}",
        f"86-{phone}",
        f"{phone[:3]} {phone[3:7]} {phone[7:]}",
        f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
    )
    return dice.choice(shown)


def _id(number: str, dice: random.Random) -> str:
    if dice.random() > 0.25:
        return ""
    at = dice.randrange(6, 17)
    return number[:at] + str(dice.randrange(10)) + number[at + 1 :] if dice.random() < 0.04 else number


def _address(where: Home, dice: random.Random, *, gone: bool, slip: bool) -> str:
    if gone and dice.random() < 0.5:
        return ""
    if gone:
        where = home(dice)  # moved
    parts: list[Any] = where.region.split()
    if parts[0] == parts[1]:
        parts = parts[1:]
    region = "".join(dice.choice((parts, parts, parts[1:], [part.rstrip("省市") for part in parts[:-1]] + parts[-1:])))
    at = f"{where.road}{where.number}号"
    if not where.room:
        return region + at + where.estate
    inside = dice.choice(
        (
            f"{where.building}栋{where.unit}单元{where.room}室",
            f"{where.building}号楼{where.unit}单元{where.room}",
            f"{where.building}-{where.unit}-{where.room}",
            f"{where.building}幢{where.room}室",
            f"{_han(where.building)}栋{_han(where.unit)}单元{where.room}室",
        )
    )
    street = dice.choice((at + where.estate, at + where.estate, where.estate, at))
    if slip:
        return dice.choice((region + street, street + inside, region + street + f"{where.building}栋"))
    return region + street + inside


def _han(count: int) -> str:
    tens, ones = divmod(count, 10)
    return ("" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十") + (DIGITS[ones] if ones or not tens else "")
