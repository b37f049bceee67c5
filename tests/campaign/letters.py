"""Letters of a few sentences, some copied from one another, for the tests of families."""

from hypothesis import strategies as st

SENTENCES = [
    "本人于去年三月在贵公司办理了一笔消费贷款，每月按时还款从未逾期。",
    "客服曾经口头承诺利息很低，合同里却写着另外一个数字。",
    "最近催收人员每天给我的家人和同事打电话，严重影响正常生活。",
    "我要求贵公司立即停止骚扰并退还多收的服务费和保险费。",
    "如果十五日内不予答复，我将向监管部门继续反映这一情况。",
    "银行卡被冻结之后，工资无法支取，孩子的学费也交不上。",
    "购买手机的时候，店员没有告诉我这是一份分期付款的合同。",
    "上周二下午我去网点询问，柜台让我打电话，电话又让我去网点。",
]
STRANGE = (
    "凹凸囧"  # sound like no character of the sentences: the house reads by sound, the slow counts of the tests do not
)
OTHERS = ["保安让我登记三次才准进门。", "天气很冷，排队的人却很多。", "这件事我已经跟律师说过了。"]


@st.composite
def letters(draw: st.DrawFn) -> list[str]:
    """Letters of a few sentences; some copied with a character changed, a sentence dropped, added or moved."""
    bases = draw(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), min_size=1, max_size=4))
    rows = []
    for _ in range(draw(st.integers(0, 14))):
        parts = list(draw(st.sampled_from(bases)))
        for _ in range(draw(st.integers(0, 2))):
            parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(OTHERS)))
        if draw(st.booleans()):
            draw(st.randoms(use_true_random=False)).shuffle(parts)
        chars = list("".join(parts[draw(st.integers(0, 1)) :] or parts))
        for _ in range(draw(st.integers(0, 4))):
            chars[draw(st.integers(0, len(chars) - 1))] = draw(st.sampled_from(STRANGE))
        rows.append("".join(chars))
    return rows
