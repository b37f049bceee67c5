"""What a public warning rests on: once that falls it is a draft again and listed, until a person takes it back or lets it out anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.case_house import ANN, CAI, CAT, ad_of, cheated, checks, decided, ring_of

from mingcha.actions.ad_sightings import erase_ad
from mingcha.actions.ad_words import judge_ad
from mingcha.actions.aid_warnings import approve_warning, draft_warning, take_back_warning, warning_sheet
from mingcha.actions.book import forget
from mingcha.actions.corrections import corrections
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.errors import NotPermitted, OutOfOrder
from mingcha.model.account import Ad
from mingcha.model.actor import Purpose, Role
from mingcha.model.ad_cycle import Solicits
from mingcha.model.advert import Trade
from mingcha.testing.house import NOON, FixedClock, put, someone
from mingcha.wiring import ad_judge

VIC = someone(Role.VICTIM_SUPPORT, name="vic", purpose=Purpose.AID)
MONITOR = someone(Role.AD_MONITOR, name="mon", purpose=Purpose.INVESTIGATION)


@pytest.fixture(params=["memory", "sqlite"])
def deps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deps]:
    with cheated(tmp_path, memory=request.param == "memory") as deps:
        decided(deps)
        judged(deps, Solicits.YES)
        yield deps


def judged(deps: Deps, word: Solicits) -> None:
    trade = Trade.ANTI_COLLECTION if word is Solicits.YES else None
    judge_ad(deps, ANN, ad_judge(deps.standards).judge, ad_of(deps), word, trade, "看过")


def another(deps: Deps) -> None:
    """A further ad that promises the same."""
    text = "不成功不收费，加微信 demo88"
    put(
        deps, "ads", Ad(id="2", platform="抖音", work_id="9", text=text, soliciting="yes", judged_by="岗", seen_at=NOON)
    )


def let_out(deps: Deps) -> None:
    approve_warning(deps, VIC, draft_warning(deps, VIC).sha256)


def test_what_is_out_is_listed_once_an_ad_fell_and_a_draft_until_it_is_let_out_anew(deps: Deps) -> None:
    another(deps)
    let_out(deps)
    assert corrections(deps, ANN).warning is None
    said = draft_warning(deps, VIC).sha256
    fell = ad_of(deps)
    judged(deps, Solicits.NO)
    drafted = draft_warning(deps, VIC)
    assert (drafted.sha256, drafted.by) == (said, None), "the other ad says the same: a person says that it still holds"
    assert "草稿" in warning_sheet(deps, drafted, "zh", staff=False).foot
    listed = corrections(deps, ANN).warning
    assert listed is not None
    assert (listed, listed.by, listed.fallen) == (drafted.fell, "vic", (fell,))
    assert listed == corrections(deps, CAI).warning
    assert corrections(deps, MONITOR).warning is None, "who sees ads alone sees no organisation"
    let_out(deps)
    assert (corrections(deps, ANN).warning, draft_warning(deps, VIC).by) == (None, "vic")


def test_an_organisation_that_fell_or_an_ad_that_was_erased_fells_it_too(deps: Deps) -> None:
    let_out(deps)
    fell = [ring_of(deps), ad_of(deps)]
    put(deps, "issuers", *checks("1", "2", "3", "4", "5", result="confirmed"))
    erase_ad(deps, CAT, ad_of(deps), "本人要求")
    listed = corrections(deps, ANN).warning
    assert listed is not None
    assert sorted(listed.fallen) == sorted(fell)
    assert listed.rests_on == 2


def test_an_ad_that_is_merely_old_fells_nothing(deps: Deps) -> None:
    let_out(deps)
    clock: FixedClock = deps.now.__self__  # type: ignore[attr-defined]  # reason: the clock of the test
    clock.later(days=200)
    assert corrections(deps, ANN).warning is None


def test_it_is_taken_back_by_a_person_with_a_reason_and_sealed(deps: Deps) -> None:
    with pytest.raises(OutOfOrder, match="no warning is out"):
        take_back_warning(deps, VIC, "无效")
    let_out(deps)
    with pytest.raises(OutOfOrder, match="reason"):
        take_back_warning(deps, VIC, " ")
    with pytest.raises(NotPermitted):
        take_back_warning(deps, ANN, "无效")
    judged(deps, Solicits.NO)
    assert take_back_warning(deps, VIC, "所依据的广告不是广告").by is None
    assert corrections(deps, ANN).warning is None
    judged(deps, Solicits.YES)
    assert draft_warning(deps, VIC).by is None, "what was taken back is let out by nobody but a person"
    asked = Asked(first=NOON.date(), last=NOON.date(), seed="7")
    assert "book_act_changed" not in {flaw.code for flaw in inspect(deps, CAI, asked).flaws}
    with deps.store.write() as work:
        forget(work, "aid", ["warning"])
    assert "book_act_changed" in {flaw.code for flaw in inspect(deps, CAI, asked).flaws}
