"""The dated numbers of the campaign room; a released scheme never changes, a new one gets a new date."""

from dataclasses import dataclass

CAMPAIGN_SCHEME = "campaign@2026-11-25"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What makes two filings one act, a letter followed, an event an explanation; shares are millionths.

    What makes a family is the dated rule of `campaign.gathering`.
    """

    id: str
    near_identical: int  # similarity to the representative from which a family counts for or against its member
    near: int  # Jaccard of two filings of one person that are one act, at least
    min_shingles: int  # texts with fewer follow no letter: people say short things alike
    act_hours: int  # filings of one text by one person within this time are one act
    sample_share: int  # share of a letter's shingles found in a text, or of a text's in a letter, to follow it
    event_days: int  # how long after its end an event still explains filings
    event_share: int  # share of the dated acts an event must cover to overlap a family


SCHEME = Scheme(
    id=CAMPAIGN_SCHEME,
    near_identical=600_000,  # below it letters may be put together from the same stock phrases by people who never met
    near=600_000,
    min_shingles=20,
    act_hours=24,
    sample_share=600_000,
    event_days=30,
    event_share=500_000,
)
