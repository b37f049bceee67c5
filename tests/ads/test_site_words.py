"""Words a site accepted are read in ads as the package's own are, and the judgement says by which list."""

from mingcha.adapters.shelf import read_package
from mingcha.standards.load import load
from mingcha.wiring import ad_judge, ad_reader

LIST = """id = "lexicon@2026-11-30+site.1"
[[terms]]
term = "青石通道"
codes = ["AD"]
source = "site"
"""


def test_a_site_s_list_reaches_the_judge_and_another_workspace_keeps_its_own() -> None:
    ours = load({**read_package(), "site/lexicon@2026-11-30.toml": LIST})
    assert "青石通道" in ad_reader(ours).terms
    assert "青石通道" not in ad_reader().terms
    text = "青石通道，懂的来"
    assert "lexicon@2026-11-30+site.1" in ad_judge(ours).judge(text).scheme
    assert "+site" not in ad_judge().judge(text).scheme
    assert [hit.start for hit in ad_reader(ours).read(text).hits if "AD" in hit.codes] == [0]
