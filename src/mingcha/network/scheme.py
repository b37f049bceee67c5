"""The dated numbers of the network room: what each kind of value may be shared by before it stops meaning anything."""

from dataclasses import dataclass

from mingcha.model.finding import Family
from mingcha.model.ring import RingRole

NETWORK_SCHEME = "network@2026-11-28"
GROUP_LIMIT = 5_000  # complaints; a larger connected group is chance meeting chance, not an organisation (inference)
DORMANT_MONTHS = 24  # a tie nobody renewed for so long links nobody
CLOSED_DAYS = 180  # a complaint closed for so long links nobody, unless its ring was referred

# The constant-Potts objective over pairs of complaints, in thousandths: two that share what is bought (a script, a paper)
# and nothing else belong apart, two that share what is run (a number, a payee, a handle) belong together.
RUN, BOUGHT, RESOLUTION = 1_000, 400, 500
SHARE_LEFT_OUT, RESAMPLES = 5, 20  # one source record in five is left out, so many times
RESAMPLED_UP_TO = 2_000  # complaints and values; larger candidates are listed as not resampled


@dataclass(frozen=True, slots=True)
class TieKind:
    """One kind of shared value. More people than `hub_above` make a value a hub: listed, never linking."""

    family: Family
    hub_above: int
    role: RingRole
    needs_unrelated: int = 0  # links only when this many unrelated customers share it
    pull: int = RUN  # how strongly two complaints that share it belong together, in thousandths
    links: bool = True  # False: a check of what other ties say, never a tie of its own


# Ours, no source gives numbers (inference). People share an address, a device or an internet address by living, working
# or reading in one place; a number, a payee or a handle that serves many clients of one organisation means just that.
KINDS: dict[str, TieKind] = {
    "filer_number": TieKind(Family.LINE, 500, RingRole.FILER),
    "agent_number": TieKind(Family.LINE, 1_000, RingRole.CONTACT_POINT),
    "contact_phone": TieKind(Family.LINE, 500, RingRole.CONTACT_POINT),
    "device": TieKind(Family.LINE, 50, RingRole.FILER),
    "ip": TieKind(Family.LINE, 20, RingRole.FILER),
    "sim": TieKind(Family.LINE, 20, RingRole.FILER),
    "sender_number": TieKind(Family.LINE, 200, RingRole.FILER),
    "lead_number": TieKind(Family.LINE, 1_000, RingRole.ADVERTISER),
    "return_address": TieKind(Family.PAPER, 100, RingRole.CONTACT_POINT),
    "delivery_address": TieKind(Family.PAPER, 100, RingRole.CONTACT_POINT),
    "issuer_seal": TieKind(Family.PAPER, 100, RingRole.PAPER_MAKER, pull=BOUGHT),
    "issuer": TieKind(
        Family.PAPER, 20, RingRole.PAPER_MAKER, pull=BOUGHT
    ),  # a hospital's name stands on many honest papers
    "payee": TieKind(Family.MONEY, 1_000, RingRole.PAYEE),
    "bank_card": TieKind(Family.MONEY, 1_000, RingRole.PAYEE),
    "contract": TieKind(Family.MONEY, 1_000, RingRole.PAYEE),
    "company": TieKind(Family.MONEY, 1_000, RingRole.PAYEE),
    "handle": TieKind(Family.OUTLET, 1_000, RingRole.CONTACT_POINT),
    "ad_handle": TieKind(Family.OUTLET, 1_000, RingRole.ADVERTISER),
    "template": TieKind(Family.TEXT, 100_000, RingRole.SCRIPT, needs_unrelated=3, pull=BOUGHT),
    "voice": TieKind(Family.VOICE, 100, RingRole.FILER, links=False),
}

NEARBY_DAYS = 7  # two posts of one account with no longer pause between them belong together
LINK_HUBS: dict[str, int] = {  # accounts that may state a value in a table of posts before it links nobody
    "handle": 1_000,
    "contact_phone": 500,
    "bank_card": 1_000,
    "link": 100,
    "device": 50,
    "ip": 20,
    "address": 100,
    "payee": 1_000,
}
