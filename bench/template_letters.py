"""Families of letters with a known template, for `template_accuracy.py`: every character says whether it is skeleton, slot or edit.

A template is the sentences of one real text of a pool, with its figures and masks as slots, and a few carrier sentences of ours
with people, lenders, sums, dates, numbers and free text. Copies are made in the manner of the corpus maker: slots refilled, words
changed at a noise, sentences dropped at half of it and swapped at it, a stranger's sentence added to a third. In half of the
templates one sentence is optional. Same arguments, same families.
"""

import random
import re
from dataclasses import dataclass

SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？!?]+|\.(?=\s|\Z)|(?=\n)|\Z)")
HAN = re.compile(r"[\u4e00-\u9fff]")
SLOT = re.compile(
    r"(?P<date>[X\d]{1,4}(?:/[X\d]{1,4})+|\d{2,4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号])"
    r"|(?P<sum>(?<=\{\$)[\d,.]+(?=\}))|(?P<number>X{2,}|\d+(?:[.,]\d+)*)|\{(?P<own>person|lender|sum|date|number|text)\}"
)
CARRIERS = {
    "zh": (
        "我叫{person}，在{lender}申请了一笔贷款。", "本人{person}，联系电话{number}，现对{lender}提出投诉。", "借款金额为{sum}元，实际到账只有{sum}元。",
        "自{date}起，{lender}的人员多次致电我的亲友。", "{date}我曾与客服{person}沟通，至今没有答复。", "合同编号{number}，每期还款{sum}元。",
        "我现在{text}，确实没有能力一次还清。", "请{lender}在收到投诉后退还多收的{sum}元。",
    ),
    "en": (
        "My name is {person} and I hold an account with {lender}.", "The account number is {number} and the balance shown is ${sum}.",
        "On {date} I called {lender} and nobody could help me.", "I spoke with a manager named {person} on {date}.",
        "They charged me ${sum} although I had agreed to ${sum} only.", "I am writing because {text} and I cannot go on like this.",
        "Please tell {lender} to remove this entry before {date}.", "Reference {number} was given to me by {person}.",
    ),
}  # fmt: skip
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈许何吕张", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
PLACES, HOUSES = (
    ["青山", "白河", "云上", "东岭", "海桥", "金穗", "安石", "北辰", "同舟", "长亭"],
    ("银行", "消费金融", "小贷", "金服", "信贷"),
)
FIRST, LAST = (
    ["James", "Mary", "Robert", "Linda", "Ahmed", "Chen", "Olga", "Pedro", "Ruth", "Kofi"],
    ["Smith", "Lopez", "Brown", "Ivanov", "Okafor", "Nguyen", "Hill", "Stone"],
)
BRANDS, KINDS = (
    ["Redwood", "Harbor", "Summit", "Pioneer", "Lakeside", "Granite", "Union", "Prairie"],
    ("Bank", "Credit", "Financial", "Capital", "Lending Group"),
)
MONTHS = ["January", "March", "April", "June", "August", "October", "December"]
REASONS = {
    "zh": ("因孩子住院花光了积蓄", "公司裁员后一直没有收入", "父亲去世家里背着外债", "疫情之后店铺关了门", "身体不好正在做化疗",
           "离婚后独自带两个孩子", "工地欠薪半年没有结"),
    "en": ("my mother is in hospital", "I lost my job at the plant", "the shop had to close down", "we are about to be evicted",
           "both my kids are ill", "my wages were cut by half"),
}  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """A text; `labels` says of each character k (skeleton), e (edit) or the first letter of its slot's kind in capitals
    (F: a figure of a pool sentence, whose kind nobody wrote down)."""

    text: str
    labels: str


@dataclass(frozen=True)
class Made:
    """A family, and its template as text with a NUL for every slot."""

    letters: list[Letter]
    skeleton: str


def value(kind: str, was: str, lang: str, rng: random.Random) -> str:
    """Something to fill in. Figures of pool sentences keep their form."""
    if kind == "date" and "月" in was:
        return re.sub(
            r"\d+", lambda m: str(rng.randrange(2015, 2026) if len(m.group()) > 2 else rng.randrange(1, 13)), was
        )
    if kind == "date" and "/" in was:
        return f"{rng.randrange(1, 13):02}/{rng.randrange(1, 29):02}/{rng.randrange(2015, 2026)}"
    if kind == "sum" and was[:1] != "{":
        return f"{rng.randrange(10, 90000)}.{rng.randrange(100):02}"
    if was[:1] != "{":
        return str(rng.randrange(10 ** min(6, max(2, len(was)))))
    zh = lang == "zh"
    return {
        "person": lambda: rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.randrange(1, 3))) if zh else f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "lender": lambda: rng.choice(PLACES) + rng.choice(HOUSES) if zh else f"{rng.choice(BRANDS)} {rng.choice(KINDS)}",
        "sum": lambda: str(rng.randrange(300, 90000)) if rng.random() < 0.6 else f"{rng.randrange(30, 9000)}.{rng.randrange(100):02}",
        "date": lambda: f"{rng.randrange(2018, 2026)}年{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日" if zh
        else f"{rng.choice(MONTHS)} {rng.randrange(1, 29)}, {rng.randrange(2018, 2026)}",
        "number": lambda: str(rng.randrange(10**7, 10**11)),
        "text": lambda: rng.choice(REASONS[lang]),
    }[kind]()  # fmt: skip


def fill(sentence: str, lang: str, rng: random.Random) -> Letter:
    """A sentence with its slots refilled."""
    text, labels, done = "", "", 0
    for match in SLOT.finditer(sentence):
        kind = match["own"] or str(match.lastgroup).replace("number", "figure")
        said = value(kind, match.group(), lang, rng)
        before = sentence[done : match.start()]
        text, labels = text + before + said, labels + "k" * len(before) + kind[0].upper() * len(said)
        done = match.end()
    return Letter(text + sentence[done:], labels + "k" * (len(sentence) - done))


def change(letter: Letter, noise: float, words: list[str], rng: random.Random) -> Letter:
    """Words (Chinese: characters) changed at a noise; what is changed within a slot stays its value."""
    pieces = re.findall(r"\s+|\S", letter.text) if HAN.search(letter.text) else re.findall(r"\s+|\S+", letter.text)
    text, labels, at = "", "", 0
    for piece in pieces:
        label = letter.labels[at : at + len(piece)]
        at += len(piece)
        if not piece.isspace() and rng.random() < noise:
            said = rng.choice(words)
            slot = max(set(label), key=label.count) if label[0] != "k" else "e"
            label = label if said == piece else slot * len(said)
            piece = said
        text, labels = text + piece, labels + label
    return Letter(text, labels)


def copy(
    template: list[tuple[str, float]], noise: float, words: list[str], others: list[str], lang: str, rng: random.Random
) -> Letter:
    """One member: sentences with the share that have them."""
    out = [
        change(fill(sentence, lang, rng), noise, words, rng)
        for sentence, share in template
        if rng.random() < share and rng.random() >= noise / 2
    ] or [fill(template[0][0], lang, rng)]
    if rng.random() < 0.3 + noise:
        stranger = fill(rng.choice(others), lang, rng).text
        out.insert(rng.randrange(len(out) + 1), Letter(stranger, "e" * len(stranger)))
    if len(out) > 2 and rng.random() < noise:
        i = rng.randrange(len(out) - 1)
        out[i], out[i + 1] = out[i + 1], out[i]
    return Letter(" ".join(one.text for one in out), " ".join(one.labels for one in out))


def sentences(text: str) -> list[str]:
    """The sentences of a text that have more than eight characters."""
    return [found.strip() for found in SENTENCE.findall(text) if len(found.strip()) > 8]


def family(pool: list[list[str]], words: list[str], size: int, noise: float, lang: str, rng: random.Random) -> Made:
    """A family of a size; the template has at least four sentences and no sentence twice."""
    others = rng.choice
    body = list(dict.fromkeys(rng.choice(pool)))
    while len(body) < 4:
        body.append(others(others(pool)))
    for carrier in rng.sample(CARRIERS[lang], 3):
        body.insert(rng.randrange(len(body) + 1), carrier)
    template = [(sentence, 1.0) for sentence in body]
    if rng.random() < 0.5:
        place = rng.randrange(len(template))
        template[place] = (template[place][0], rng.uniform(0.3, 0.7))
    strangers = [others(others(pool)) for _ in range(400)]
    letters = [copy(template, noise, words, strangers, lang, rng) for _ in range(size)]
    return Made(letters, " ".join(SLOT.sub("\0", sentence) for sentence in body))
