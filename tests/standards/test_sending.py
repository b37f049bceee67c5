"""`[sending]` of a site's file: real addresses, named routes, somebody who signed for it; anything else is refused by name."""

import pytest

from mingcha.adapters.shelf import read_package
from mingcha.errors import BadStandard
from mingcha.model.mail import Sending
from mingcha.standards.load import load

GOOD = """[sending]
contact = "ads@bank.example"
domain = "bank.example"
countersigned_by = "法务 张"
[sending.to]
association = ["lead@assoc.example", "审核@协会.example"]
"12377" = "report@centre.example"
"platform:抖音" = ["abuse@dy.example"]
"""


def sending(text: str) -> Sending:
    return load({**read_package(), "site/site.toml": text}).sending


def test_it_is_read_and_nothing_is_there_by_itself() -> None:
    read = sending(GOOD)
    assert read.to["association"] == ("lead@assoc.example", "审核@协会.example")
    assert read.to["12377"] == ("report@centre.example",)
    assert (read.contact, read.domain) == ("ads@bank.example", "bank.example")
    assert load(read_package()).sending == Sending()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('countersigned_by = "法务 张"', ""),
        ("contact =", "kontakt ="),
        ('"ads@bank.example"', '"ads@bank.example\\nBcc: x@y.example"'),
        ('"ads@bank.example"', "7"),
        ('"lead@assoc.example"', '"Lead <lead@assoc.example>"'),
        ('"lead@assoc.example"', '"lead"'),
        ('["abuse@dy.example"]', "[]"),
        ('["abuse@dy.example"]', "7"),
        ('"platform:抖音"', '"platform: "'),
        ('"platform:抖音"', '"抖音"'),
        ('domain = "bank.example"', 'domain = "https://bank.example"'),
        ("[sending.to]", "to = 7\n[other]"),
    ],
)
def test_what_is_wrong_is_refused(old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(BadStandard, match=r"site/site\.toml:sending"):
        sending(GOOD.replace(old, new))
