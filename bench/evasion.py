"""What disguises cost: campaign copies treated at 5, 10 and 20 % of their characters, and how many are still found.

    evasion.py CORPUS.jsonl --language zh|en [--rates 0.05 0.1 0.2] [--out FILE]

CORPUS is a made one with its truth in `campaign`. Every copy of a campaign is treated by itself, the background is left as
it is. Found is a copy that stands in a family with another copy of its campaign, of which its campaign holds most rows. The
tables are this file's own and never read by the product. Prints one JSON object.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frozen import heading, wilson, write

from mingcha.actions.campaigns import find_families
from mingcha.campaign.warm import warm
from mingcha.model.letters import Block

TRADITIONAL = dict(
    zip(
        "们这个来时说对过还没会为从后发经贷银钱债务费业电话协议约应该给结网络请问题实际诉讼权条规监管关系统让进开门"
        "难热线书签订单双变价现买卖员工资产质认证据记录号码险种类级别处罚扰骂恐吓压强执法无尽报复调查询态万亿长",
        "們這個來時說對過還沒會為從後發經貸銀錢債務費業電話協議約應該給結網絡請問題實際訴訟權條規監管關係統讓進開門"
        "難熱線書簽訂單雙變價現買賣員工資產質認證據記錄號碼險種類級別處罰擾罵恐嚇壓強執法無盡報復調查詢態萬億長",
        strict=True,
    )
)
SAME_SOUND = [
    "是事式市试世", "我沃握", "你拟泥", "他它她塌", "们门闷", "款宽", "还环欢", "钱前千签", "贷代带待袋", "催崔", "收手首守",
    "电店点典", "话画化花", "银引印因", "行航杭", "卡咖", "信新心辛", "用永", "利力立历", "息西希析", "高糕搞", "要药腰", "求球秋",
    "公工功攻", "司思私丝", "投头透", "诉素速塑", "法发", "律绿", "政正整争", "不布步部", "没梅美", "有由又友", "人仁忍任", "家加佳",
    "知之只指", "道到导", "平苹评", "台太抬", "客克课", "服福副", "合何和河", "同通童", "期七其奇", "现先线限", "金今紧近", "月越乐",
    "年念粘", "本笨奔", "费非飞", "减间件简", "退推腿", "分份芬", "还孩海", "逾鱼雨语", "协写些谢", "商伤上", "请清情青",
]  # fmt: skip
SPLIT = {
    "债": "亻责", "信": "亻言", "银": "钅艮", "请": "讠青", "说": "讠兑", "诉": "讠斥", "给": "纟合", "结": "纟吉", "打": "扌丁",
    "投": "扌殳", "利": "禾刂", "和": "禾口", "加": "力口", "明": "日月", "时": "日寸", "好": "女子", "他": "亻也", "你": "亻尔",
    "们": "亻门", "作": "亻乍", "任": "亻壬", "何": "亻可", "但": "亻旦", "催": "亻崔", "放": "方攵", "没": "氵殳", "法": "氵去",
    "清": "氵青", "相": "木目", "机": "木几", "权": "木又", "对": "又寸", "动": "云力", "现": "王见", "期": "其月", "钱": "钅戋",
    "话": "讠舌", "记": "讠己", "证": "讠正", "的": "白勺", "如": "女口", "听": "口斤", "吗": "口马", "呢": "口尼", "位": "亻立",
}  # fmt: skip
LOOK_ALIKE = dict(zip("aeopcxyiAEOPCXBHKMT", "аеорсхуіАЕОРСХВНКМТ", strict=True))
LEET = {"a": "4", "e": "3", "o": "0", "i": "1", "s": "$", "t": "7"}
Treat = Callable[[str, random.Random], str | None]  # what stands for a character, or None: it stays


def _same_sound(char: str, rng: random.Random) -> str | None:
    group = next((group for group in SAME_SOUND if char in group), None)
    return rng.choice([other for other in group if other != char]) if group else None


def _after(marks: str) -> Treat:
    return lambda char, rng: char + rng.choice(marks) if char.isalnum() else None


def _from(table: dict[str, str]) -> Treat:
    return lambda char, _: table.get(char)


def _wide(char: str, _: random.Random) -> str | None:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else None


TREATMENTS: dict[str, dict[str, Treat]] = {
    "zh": {
        "traditional script": _from(TRADITIONAL),
        "same sound": _same_sound,
        "split characters": _from(SPLIT),
        "noise characters": _after(".·*-_~|/"),
        "emoji": _after("😀🔥💰👉✨📞"),
        "zero width": _after("\u200b\u200c\u2060"),
        "full width": _wide,
    },
    "en": {
        "look-alike letters": _from(LOOK_ALIKE),
        "leet": _from(LEET),
        "noise characters": _after(".·*-_~|"),
        "emoji": _after("😀🔥💰👉✨📞"),
        "zero width": _after("\u200b\u200c\u2060"),
        "full width": _wide,
    },
}


def treated(text: str, treatments: list[Treat], rate: float, rng: random.Random) -> tuple[str, int]:
    """The text with up to `rate` of its characters treated, each by one of the treatments that can; and how many were."""
    left = round(rate * len(text))
    chars = list(text)
    done = 0
    for at in rng.sample(range(len(chars)), len(chars)):
        if done == left:
            break
        for treat in rng.sample(treatments, len(treatments)):
            said = treat(chars[at], rng)
            if said is not None:
                chars[at] = said
                done += 1
                break
    return "".join(chars), done


def recall(texts: list[str], campaigns: list[int]) -> tuple[int, int]:
    """(copies found, copies there are) of campaigns with two rows or more."""
    size = Counter(campaigns)
    found = 0
    for family in find_families([Block(range(len(texts)), texts)]).found.families:
        inside = Counter(campaigns[row] for row in family.rows.tolist())
        campaign, count = inside.most_common(1)[0]
        if campaign >= 0 and count > 1 and 2 * count > inside.total():
            found += count
    return found, sum(count for campaign, count in size.items() if campaign >= 0 and count > 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--language", choices=list(TREATMENTS), required=True)
    parser.add_argument("--rates", type=float, nargs="+", default=[0.05, 0.1, 0.2])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    warm()
    rows = [json.loads(line) for line in a.corpus.open(encoding="utf-8")]
    campaigns = [row["campaign"] for row in rows]
    plain = [row["text"] for row in rows]
    found, of = recall(plain, campaigns)
    out: dict[str, Any] = {
        **heading(f"evasion.py {a.corpus.name} --language {a.language}"),
        "rows": len(rows),
        "untreated": {"copies": of, "recall": round(found / of, 4), "interval": wilson(found, of)},
    }
    kinds = TREATMENTS[a.language]
    for name, treatments in [*((name, [treat]) for name, treat in kinds.items()), ("all mixed", list(kinds.values()))]:
        out[name] = {}
        for rate in a.rates:
            rng = random.Random(a.seed)
            changed = 0
            texts = list(plain)
            for row, campaign in enumerate(campaigns):
                if campaign >= 0:
                    texts[row], count = treated(plain[row], treatments, rate, rng)
                    changed += count
            got, _ = recall(texts, campaigns)
            out[name][str(rate)] = {
                "characters_changed": round(changed / sum(len(plain[r]) for r, c in enumerate(campaigns) if c >= 0), 4),
                "recall": round(got / of, 4),
                "interval": wilson(got, of),
                "points_lost": round(100 * (found - got) / of, 2),
            }
    write(out, a.out)


if __name__ == "__main__":
    main()
