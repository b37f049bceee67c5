"""Names of companies in one comparable form, and the check of unified social credit codes.

A legal form, a branch and brackets around a region say nothing of who it is: 甲（北京）信息咨询有限公司 and 甲北京信息咨询公司 are one name.
"""

import re

from mingcha.text.normalise import normalise

FORMS = ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司", "集团")
OFFICES = "分公司|营业部|办事处|分支机构|分店"
BRANCH = re.compile(rf"(?P<head>.+?(?:公司|集团))(?P<branch>.{{0,12}}(?:{OFFICES}))$")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def company_key(name: str) -> str:
    """A name without brackets, spaces, its branch and its legal form; a unified social credit code stays one.

    >>> company_key("甲维权（北京）信息咨询有限公司海淀分公司")
    '甲维权北京信息咨询'
    """
    text = re.sub(r"[\s()（）\[\]【】·.,，。-]", "", normalise(name).text)
    if is_credit_code(text):
        return text.upper()
    branch = BRANCH.match(text)
    short = branch["head"] if branch else text
    for form in FORMS:
        if short.endswith(form) and len(short) > len(form) + 1:
            return short.removesuffix(form)
    return short


def is_credit_code(text: str) -> bool:
    """Whether this is a unified social credit code with a right check character (GB 32100-2015, modulus 31)."""
    code = text.upper()
    if not CODE.fullmatch(code):
        return False
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(code[:17], WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31] == code[17]
