"""The dated numbers of the network room: what each kind of value may be shared by before it stops meaning anything."""

from dataclasses import dataclass

from mingcha.model.finding import Family

NETWORK_SCHEME = "network@2026-11-24"
GROUP_LIMIT = 5_000  # complaints; a larger connected group is chance meeting chance, not an organisation (inference)


@dataclass(frozen=True, slots=True)
class TieKind:
    """One kind of shared value. More people than `hub_above` make a value a hub: listed, never linking."""

    family: Family
    hub_above: int
    needs_unrelated: int = 0  # links only when this many unrelated customers share it


# Ours, no source gives numbers (inference). People share an address, a device or an internet address by living, working
# or reading in one place; a number, a payee or a handle that serves many clients of one organisation means just that.
KINDS: dict[str, TieKind] = {
    "filer_number": TieKind(Family.LINE, 500),
    "agent_number": TieKind(Family.LINE, 1_000),
    "contact_phone": TieKind(Family.LINE, 500),
    "device": TieKind(Family.LINE, 50),
    "ip": TieKind(Family.LINE, 20),
    "return_address": TieKind(Family.PAPER, 100),
    "issuer_seal": TieKind(Family.PAPER, 100),
    "issuer": TieKind(Family.PAPER, 20),  # a hospital's name stands on many honest papers
    "payee": TieKind(Family.MONEY, 1_000),
    "bank_card": TieKind(Family.MONEY, 1_000),
    "contract": TieKind(Family.MONEY, 1_000),
    "handle": TieKind(Family.OUTLET, 1_000),
    "ad_handle": TieKind(Family.OUTLET, 1_000),
    "template": TieKind(Family.TEXT, 100_000, needs_unrelated=3),
    "voice": TieKind(Family.VOICE, 100),
}
