"""Chinese addresses: however much is said and however numbers are written, the same parts come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.text.addresses import Address, address_parts
from mingcha.text.divisions import MUNICIPALITIES, province_of, provinces

HOME = Address(
    province="广东",
    city="深圳",
    district="南山",
    road="示例路",
    number="12",
    estate="幸福花园",
    building="3",
    unit="2",
    room="501",
)


@pytest.mark.parametrize(
    "written",
    [
        "广东省深圳市南山区示例路12号幸福花园3栋2单元501室",
        "廣東省深圳市南山區示例路12號幸福花園3棟2單元501室",
        "广东深圳南山区示例路12号幸福花园3-2-501",
        "深圳市南山区 示例路 十二号，幸福花园 三号楼二单元五零一室",
        "深圳南山区示例路１２号幸福花园（3幢2单元5层501）",
    ],
)
def test_one_home_however_it_is_written(written: str) -> None:
    assert address_parts(written) == HOME


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("吉林省吉林市船营区示例大街5号", {"province": "吉林", "city": "吉林", "district": "船营", "road": "示例大街", "number": "5"}),
        ("吉林市船营区示例大街5号", {"province": "吉林", "city": "吉林", "district": "船营", "road": "示例大街", "number": "5"}),
        ("北京市朝阳区望京街道示例街10号院3号楼1201", {"province": "北京", "city": "北京", "district": "朝阳", "town": "望京", "road": "示例街", "number": "10", "building": "3", "room": "1201"}),
        ("上海市浦东新区示例路1288弄15号602室", {"province": "上海", "city": "上海", "district": "浦东新", "road": "示例路1288弄", "number": "15", "room": "602"}),
        ("江苏苏州昆山市玉山镇示例路66号阳光新村5幢301", {"province": "江苏", "city": "苏州", "district": "昆山", "town": "玉山", "road": "示例路", "number": "66", "estate": "阳光新村", "building": "5", "room": "301"}),
        ("南山区示例路12号", {"district": "南山", "road": "示例路", "number": "12"}),
        ("内蒙古自治区呼和浩特市赛罕区示例街三百一十二号", {"province": "内蒙古", "city": "呼和浩特", "district": "赛罕", "road": "示例街", "number": "312"}),
        ("湖北省恩施土家族苗族自治州恩施市示例路9号", {"province": "湖北", "city": "恩施", "district": "恩施", "road": "示例路", "number": "9"}),
        ("上海市静安区北京西路12号", {"province": "上海", "city": "上海", "district": "静安", "road": "北京西路", "number": "12"}),
        ("北京西路12号", {"road": "北京西路", "number": "12"}),
        ("南京东路5号", {"road": "南京东路", "number": "5"}),
        ("张三", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_parts_of_addresses(written: str, parts: dict[str, str]) -> None:
    assert address_parts(written) == Address(**parts)


def test_the_place_is_the_house_number_else_the_estate() -> None:
    assert HOME.place == "示例路12"
    assert address_parts("南山区幸福花园3栋").place == "幸福花园"
    assert address_parts("南山区示例路").place == ""


def test_divisions_are_whole() -> None:
    assert len(provinces()) == 34
    assert set(provinces()) > MUNICIPALITIES
    assert set(province_of().values()) == set(provinces())
    assert len(province_of()) > 330


@given(st.text(alphabet="广东省深圳市南山区路号栋单元室一二十百3-5甲 ,", max_size=40) | st.text(max_size=30))
def test_any_text_is_taken_apart(text: str) -> None:
    parts = address_parts(text)
    assert all(isinstance(getattr(parts, name), str) for name in Address.__slots__)


@pytest.mark.parametrize("text", ["(" * 1_000_000, "示例路" * 300_000, "1-" * 500_000])
def test_what_is_far_too_long_is_read_no_further(text: str) -> None:
    assert len(address_parts(text).road) < 20
