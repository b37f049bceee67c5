"""The dated numbers of the campaign room; a released scheme never changes, a new one gets a new date."""

from dataclasses import dataclass

CAMPAIGN_SCHEME = "campaign@2026-11-24"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What makes two texts near, a family a family, and a letter followed. Shares are millionths."""

    id: str
    near: int  # Jaccard of a member to its representative, at least
    floor: int  # Jaccard of any two members of one family, at least
    counted: int  # near complaints counted before a text is simply well connected
    min_shingles: int  # shorter texts are skipped, and counted: people say short things alike
    act_hours: int  # filings of one text by one person within this time are one act
    sample_share: int  # share of a letter's shingles found in a text, or of a text's in a letter, to follow it
    event_days: int  # how long after its end an event still explains filings
    event_share: int  # share of the dated acts an event must cover to overlap a family


SCHEME = Scheme(
    id=CAMPAIGN_SCHEME,
    near=600_000,  # between 0.7 and 0.6 real files gave a fifth more members and not one false family by eye
    floor=400_000,
    counted=500,
    min_shingles=20,
    act_hours=24,
    sample_share=600_000,
    event_days=30,
    event_share=500_000,
)
