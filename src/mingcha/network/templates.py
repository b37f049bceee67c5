"""Families of texts as ties; a family that a public letter or a common cause explains never links."""

from collections.abc import Iterable, Mapping

from mingcha.model.campaign import CampaignSummary
from mingcha.model.finding import Family
from mingcha.model.stored import Membership
from mingcha.model.tie import TieFact

PUBLIC_SAMPLE = "public_sample"
COMMON_CAUSE = "common_cause"


def template_facts(members: Iterable[Membership], customer_of: Mapping[str, str]) -> list[TieFact]:
    """One fact a member. The text is part of the complaint's record, so that record is the source."""
    return [
        TieFact(
            complaint=member.complaint,
            customer=customer_of.get(member.complaint),
            kind="template",
            family=Family.TEXT,
            value=member.family,
            source=member.complaint,
            source_kind="complaints",
        )
        for member in members
    ]


def explained_templates(campaigns: Iterable[CampaignSummary]) -> dict[str, str]:
    """Families that a public sample letter or a common-cause event explains, for `Bounds.allowed`.

    One member that follows a letter is enough: all members are near one text.
    """
    explained: dict[str, str] = {}
    for campaign in campaigns:
        if campaign.sample is not None:
            explained[campaign.id] = PUBLIC_SAMPLE
        elif campaign.events:
            explained.setdefault(campaign.id, COMMON_CAUSE)
    return explained
