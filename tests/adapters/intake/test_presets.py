"""The mapping presets on files as institutions keep them; every row is made up."""

from pathlib import Path

import pytest

from mingcha.adapters.intake.door import open_door
from mingcha.errors import InputError
from mingcha.model.intake import Row

PRESETS = Path(__file__).resolve().parents[3] / "examples" / "mappings"
LEDGER = (
    "投诉编号,受理时间,投诉渠道,渠道代码,业务代码,原因代码,客户号,投诉人姓名,投诉人电话,投诉人身份,被投诉机构,机构类型,产品名称,地区,投诉内容,要求办结日期,处理状态\n"
    "TS2026030001,2026/3/5 21:14,12378转办,0302,0201,0105,K001,张示例,138 0013 8000,本人,示例消费金融,消费金融公司,示例贷,华东,每天打十几个电话催收,2026-03-20,处理中\n"
)
SHORT = "工单编号\t登记时间\t来源渠道\t机构名称\t诉求内容\n9\t2026年3月5日 9时30分\t网点\t样板银行\t利息太高\n"
CFPB = (
    "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,State,ZIP code,"
    "Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,Timely response?,Consumer disputed?,Complaint ID\n"
    "03/05/2026,Debt collection,Other debt,Communication tactics,,They call me ten times a day,,EXAMPLE BANK,CA,900XX,,Consent provided,Web,03/06/2026,"
    "Closed with explanation,Yes,N/A,1234567\n"
)


def _one(path: Path, preset: str) -> Row:
    (row,) = list(open_door("complaints", path, PRESETS / preset, "default").rows())
    assert isinstance(row, Row), row
    assert not row.needs_repair, row.warnings
    return row


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_chinese_ledger_with_its_codes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding=encoding)
    record = _one(path, "chinese_ledger.toml").record
    assert (record.channel_code, record.business_code, record.cause_code) == ("0302", "0201", "0105")
    assert (record.filer_role, record.licence) == ("self", "consumer_finance")
    assert record.received_at.isoformat() == "2026-03-05T21:14:00+08:00"
    assert str(record.channel_due) == "2026-03-20"


def test_a_short_ledger_under_other_headings(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(SHORT, encoding="utf-8")
    record = _one(path, "chinese_ledger.toml").record
    assert (record.id, record.lender, record.text) == ("9", "样板银行", "利息太高")
    assert record.channel_code is None


def test_whom_a_ledger_says_is_complained_of(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(
        "编号,受理日期,渠道,机构,被投诉人,投诉内容\n9,2026-03-05,网点,样板银行,柜员王某,态度差\n", encoding="utf-8"
    )
    record = _one(path, "chinese_ledger.toml").record
    assert (record.against, record.lender) == ("柜员王某", "样板银行")


def test_a_ledger_without_a_text_column_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("投诉编号,受理时间,投诉渠道,被投诉机构\n1,2026-03-05,网点,样板银行\n", encoding="utf-8")
    with pytest.raises(InputError, match="投诉内容"):
        _one(path, "chinese_ledger.toml")


def test_the_cfpb_export_under_its_own_headings(tmp_path: Path) -> None:
    path = tmp_path / "complaints.csv"
    path.write_text(CFPB, encoding="utf-8")
    record = _one(path, "cfpb.toml").record
    assert (record.id, record.channel, record.region) == ("1234567", "Web", "CA")
    assert record.received_at.date().isoformat() == "2026-03-05"


@pytest.mark.parametrize("line", ["text = []", "text = 3", 'text = ["a", 3]'])
def test_a_column_is_a_name_or_a_list_of_names(tmp_path: Path, line: str) -> None:
    (tmp_path / "m.toml").write_text(f"[columns]\n{line}\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("text\nx\n", encoding="utf-8")
    with pytest.raises(InputError):
        open_door("complaints", tmp_path / "t.csv", tmp_path / "m.toml", "default")


def test_an_optional_name_must_exist(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[source]\noptional = ["nonsense"]\n', encoding="utf-8")
    (tmp_path / "t.csv").write_text("text\nx\n", encoding="utf-8")
    with pytest.raises(InputError, match="nonsense"):
        open_door("complaints", tmp_path / "t.csv", tmp_path / "m.toml", "default")
