"""Sellers against their slow twin; whatever order ads come in; public lines and hubs join nobody, words join little."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.ads.same import links_of
from mingcha.ads.sellers import HUBS, LEAST_WORDS, REACHING, bare_words, public_line, reaches, sellers, thread_of
from mingcha.model.account import Ad
from mingcha.model.seller import SeenAd, Thread, kind_of
from mingcha.text.contacts import contacts

STRONG = [thread for thread in Thread if thread is not Thread.WORDS]


def ad(id_: str, *values: tuple[Thread, str], account: str | None = None) -> SeenAd:
    return SeenAd(f"AD-{id_}", account, frozenset(values))


def twin(ads: list[SeenAd]) -> set[frozenset[str]]:
    """Merge until nothing changes: first what shares a value, then, as one, what shares words and says one way at most."""

    def merged(groups: list[set[str]], linked: list[set[str]]) -> list[set[str]]:
        groups = [set(group) for group in groups]
        while True:
            for link in linked:
                met = [group for group in groups if group & link]
                if len(met) > 1:
                    groups = [group for group in groups if not group & link] + [set().union(*met)]
                    break
            else:
                return groups

    who = {one.ad: one.account or one.ad for one in ads}
    values = {value for one in ads for value in one.values}
    holding = {value: {one.ad for one in ads if value in one.values} for value in values}
    joins = {v: held for v, held in holding.items() if len({who[name] for name in held}) <= HUBS[v[0]]}
    groups = merged([{one.ad} for one in ads], [held for v, held in joins.items() if v[0] is not Thread.WORDS])
    says = {one.ad for one in ads if any(thread in REACHING for thread, _ in one.values)}
    scripts = [
        set().union(*(group for group in groups if group & held)) for v, held in joins.items() if v[0] is Thread.WORDS
    ]
    out: list[set[str]] = []
    for wide in merged(groups, scripts):
        parts = [group for group in groups if group <= wide]
        out += [wide] if sum(bool(part & says) for part in parts) <= 1 else parts
    return {frozenset(group) for group in out}


VALUES = st.sets(st.tuples(st.sampled_from(list(Thread)), st.sampled_from("abc")), max_size=3).map(frozenset)
ADS = st.lists(st.tuples(st.sampled_from([None, "p 1", "p 2", "p 3"]), VALUES), max_size=9).map(
    lambda rows: [SeenAd(f"AD-{n}", account, values) for n, (account, values) in enumerate(rows)]
)


@given(ADS)
def test_sellers_are_what_the_slow_twin_says(ads: list[SeenAd]) -> None:
    found = sellers(ads)
    assert {frozenset(one.ads) for one in found} == twin(ads)
    assert [one.id for one in found] == sorted(one.id for one in found)
    for one in found:
        assert one.id == "SE-" + min(one.ads).removeprefix("AD-")
        for shared in (*one.joined, *one.hubs):
            assert len(shared.ads) > 1
            assert {*shared.ads} <= {*one.ads}


@given(ADS, st.randoms(use_true_random=False))
def test_the_order_of_ads_is_no_matter(ads: list[SeenAd], random: object) -> None:
    mixed = list(ads)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # reason: hypothesis gives a random.Random
    assert sellers(mixed) == sellers(ads)


@given(ADS.filter(bool), st.integers(0, 8))
def test_an_ad_that_is_erased_is_in_no_seller_and_joins_nothing(ads: list[SeenAd], at: int) -> None:
    gone = ads[at % len(ads)]
    left = [one for one in ads if one is not gone]
    found = sellers(left)
    assert gone.ad not in {name for one in found for name in one.ads}
    assert {frozenset(one.ads) for one in found} == twin(left)


@pytest.mark.parametrize("thread", [thread for thread in STRONG if thread is not Thread.ACCOUNT])
def test_a_value_of_too_many_accounts_joins_nobody_and_is_shown(thread: Thread) -> None:
    few = [ad(f"{n:04d}", (thread, "v"), account=f"p {n}") for n in range(HUBS[thread])]
    (one,) = sellers(few)
    assert (one.accounts, len(one.joined), one.hubs) == (HUBS[thread], 1, ())
    many = [*few, ad("9999", (thread, "v"), account="p 9999")]
    assert len(sellers(many)) == len(many)
    both = [*many, ad("0000b", (thread, "v"), account="p 0")]
    (pair,) = [one for one in sellers([SeenAd(o.ad, o.account, o.values | ({(Thread.ACCOUNT, "p 0")} if o.account == "p 0" else set())) for o in both]) if len(one.ads) > 1]  # fmt: skip
    assert [shared.value for shared in pair.hubs] == ["v"]


def test_one_script_of_two_that_say_how_to_be_reached_joins_neither_nor_what_stands_between() -> None:
    script = (Thread.WORDS, "w")
    two = [ad("1", script, (Thread.CONTACT, "a")), ad("2", script, (Thread.CONTACT, "b"))]
    assert len(sellers(two)) == 2
    assert len(sellers([*two, ad("3", script)])) == 3
    assert len(sellers([two[0], ad("3", script), ad("4", script)])) == 1


def test_one_account_is_called_one_account() -> None:
    (one,) = sellers([ad("1")])
    assert kind_of(one.accounts).en == "one account"
    assert "个账号" in kind_of(3).zh


@pytest.mark.parametrize("line", ["110", "12378", "12377", "12345", "12363", "95588", "10086", "96110", " 12315 "])
def test_lines_everybody_may_call_are_public(line: str) -> None:
    assert public_line(line)


@pytest.mark.parametrize("value", ["13800138000", "zw_8888", "12378000", "4008205555", "1238"])
def test_others_are_not(value: str) -> None:
    assert not public_line(value)


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("加微信 zw_8888", [Thread.CONTACT]),
        ("电话 13800138000", [Thread.CONTACT]),
        ("招行 400-820-5555 座机 021-62345678", []),
        ("看 www.example.com 或 https://douyin.com/", []),
        ("领取 https://fq.example.com/apply?x=1", [Thread.LINK]),
        ("微信 12378", []),
        ("收款卡号 6222020200112233446", [Thread.PAYEE]),
    ],
)
def test_who_merely_stands_in_the_words_is_not_how_to_reach_the_poster(text: str, reached: list[Thread]) -> None:
    links = links_of(Ad(id="1", text=text))
    assert [thread_of(one) for one in contacts(text) if reaches(one, links)] == reached


def test_bare_words_forget_contacts_numbers_and_marks() -> None:
    said = "专业停息挂账全国可办不成功不收费欢迎各位前来咨询办理"
    assert len(said) >= LEAST_WORDS
    assert bare_words(f"✅{said[:9]}，{said[9:]}！！ 138 zw_8888") == said
    assert bare_words(said[: LEAST_WORDS - 1]) is None


def test_every_thread_has_a_bound_and_words_in_both_languages() -> None:
    from mingcha.model.seller import THREAD_WORDS

    assert {*HUBS} == {*Thread} == {*THREAD_WORDS}
    assert all(a != b for a, b in combinations([one.zh for one in THREAD_WORDS.values()], 2))
