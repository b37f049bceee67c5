"""How much of the personal data in free text is masked: recall a kind and a circumstance, with Wilson 95 % intervals.

    python bench/masking_recall.py [SIZE SEED]

Letters of the simulated town (all fictitious), each with sentences that hold names, phones, addresses, ID and card numbers
and handles we know. `own` values stand in the record or its customer's; `other` ones belong to somebody we hold no record of.
The sentences are ours and the `bare` ones give the reader no word to go by: figures say whether masking works as meant, not
how it does on real letters. Also counted: characters of the untouched letters that were masked though they are nobody's.
"""

import json
import platform
import random
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from mingcha.demo.town import Builder, Row, build
from mingcha.model.record import Personal
from mingcha.text.canonical import id_check, luhn
from mingcha.text.contacts import contacts
from mingcha.text.masking import Own, masked

ROOT = Path(__file__).resolve().parents[1]
Z = 1.959964
INTRODUCED = {
    Personal.NAME: ("我爱人叫{v}。", "联系人：{v}。", "催收员{v}态度恶劣。", "{v}先生让我还款。", "我叫{v}。"),
    Personal.PHONE: ("请打{v}联系。", "对方用{v}打来。", "电话：{v}。"),
    Personal.ADDRESS: ("我家住{v}。", "寄到{v}。", "联系地址：{v}。"),
    Personal.ID_NUMBER: ("身份证号{v}。",),
    Personal.CARD: ("卡号{v}被扣款。",),
    Personal.HANDLE: ("加微信{v}。", "微信号：{v}。", "V信 {v} 聊。"),
}
BARE = {
    Personal.NAME: ("隔壁{v}也能作证。", "后来{v}说可以减免。", "他们连{v}都骂。"),
    Personal.PHONE: ("{v}天天打。", "就是{v}这个。"),
    Personal.ADDRESS: ("他们找到{v}来。", "{v}贴了条子。"),
    Personal.HANDLE: ("我加了{v}之后就被拉黑。", "找{v}办的。"),
}
STREETS = ("幸福路", "示例大道", "样板街", "虚构新村", "模拟花园")
LETTERS = "abcdefghjkmnpqrstuvwxyz"


def wilson(hits: int, of: int) -> list[float]:
    """The share and its 95 % interval."""
    if not of:
        return [0.0, 0.0, 1.0]
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5 / (1 + z2 / of)
    return [round(share, 3), round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)]


def value(b: Builder, rng: random.Random, kind: Personal) -> str:
    """A fictitious value."""
    if kind is Personal.NAME:
        return b.name()
    if kind is Personal.PHONE:
        return spelt(rng, b.phone())
    if kind is Personal.ADDRESS:
        return f"模拟市{rng.choice('东西南北')}区{rng.choice(STREETS)}{rng.randrange(1, 300)}号{rng.randrange(1, 30)}栋"
    if kind is Personal.ID_NUMBER:
        body = f"110105{rng.randrange(1960, 2004)}0{rng.randrange(1, 10)}1{rng.randrange(10)}{rng.randrange(100, 999)}"
        return body + next(c for c in "0123456789X" if id_check(body + c))
    if kind is Personal.CARD:
        body = f"62220{rng.randrange(10**10):010d}"
        return body + next(c for c in "0123456789" if luhn(body + c))
    return rng.choice(("", "wx_")) + "".join(rng.choices(LETTERS, k=5)) + str(rng.randrange(100, 99999))


def spelt(rng: random.Random, phone: str) -> str:
    """A phone as people write it."""
    chinese = phone.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    spaced = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return rng.choice((phone, phone, spaced, spaced.replace(" ", "-"), "+86 " + phone, chinese))


def hidden(text: str, shown: str, of: str) -> bool:
    """Whether at least a third of every place the value stands at is masked."""
    at, all_hidden = text.find(of), True
    while at >= 0:
        all_hidden &= shown[at : at + len(of)].count("*") * 3 >= len(of)
        at = text.find(of, at + 1)
    return all_hidden


def nobodys(text: str) -> set[int]:
    """The places of a letter outside its contacts, which in this town are agents' own."""
    return set(range(len(text))) - {at for one in contacts(text) for at in range(one.start, one.end)}


def own_of(row: Row, customers: dict[str, Row]) -> tuple[Own, ...]:
    """What the record and its customer's hold."""
    other = customers.get(row.get("customer_id", ""), {})
    held = [
        (row.get("filer_name"), Personal.NAME), (row.get("filer_phone"), Personal.PHONE),
        (row.get("return_address"), Personal.ADDRESS), (other.get("name"), Personal.NAME), (other.get("phone"), Personal.PHONE),
    ]  # fmt: skip
    return tuple((value, kind) for value, kind in held if value)


def main(size: int, seed: int) -> dict[str, object]:
    """One town."""
    town, rng, made = build(size, seed), random.Random(seed), Builder(size, seed + 1)
    customers = {row["id"]: row for row in town.tables["customers"]}
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    over = characters = 0
    for row in town.tables["complaints"]:
        own = own_of(row, customers)
        planted = [(f"own {kind.value}", value, "我是{v}，请核实。") for value, kind in own]
        for where, sentences in (("introduced", INTRODUCED), ("bare", BARE)):
            kind = rng.choice(list(sentences))
            planted.append((f"other {kind.value}, {where}", value(made, rng, kind), rng.choice(sentences[kind])))
        text = row["text"] + "".join(sentence.replace("{v}", one) for _, one, sentence in planted)
        shown = masked(text, own)
        for what, one, _ in planted:
            of[what] += 1
            right[what] += hidden(text, shown, one)
        if not any(one in row["text"] for one, _ in own):
            over += sum(1 for at in nobodys(row["text"]) if masked(row["text"], own)[at] != row["text"][at])
            characters += len(row["text"])
    return {
        "simulated": True, "size": len(town.truth), "seed": seed, "machine": platform.platform(), "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(), "command": " ".join(["python", "bench/masking_recall.py", str(size), str(seed)]),
        "recall": {what: {"of": of[what], "masked_95": wilson(right[what], of[what])} for what in sorted(of)},
        "over_masked_per_10000_characters": round(10_000 * over / max(1, characters), 1),
    }  # fmt: skip


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:3]]
    result = main(*(arguments if len(arguments) == 2 else (3000, 41)))
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (ROOT / "bench/results/masking_recall.json").write_text(text + "\n", encoding="utf-8")
    print(text)
