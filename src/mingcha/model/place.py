"""A place many people share - a library, a dormitory, a legal-aid office - whose number or address ties nobody (law 3)."""

from dataclasses import dataclass
from datetime import date

from mingcha.model.record import Personal, Type, column

OFFICES = ("legal_aid", "consumer_association", "union")  # they file for people; the rest is merely shared
PLACES = ("dormitory", "library", "shelter", "school", "shared_office", "call_centre", "platform", *OFFICES, "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One shared place with any of its number, address, IP address and device; who says so is named.

    It takes ties through its values away while it is that place; it excuses nothing else.
    """

    id: str = column("场所编号", "place id", Type.ID, required=True)
    place_kind: str = column("场所类型", "kind of place", Type.CHOICE, required=True, choices=PLACES)
    name: str | None = column("名称", "name")
    phone: str | None = column("电话", "phone", personal=Personal.PHONE)
    address: str | None = column("地址", "address", personal=Personal.ADDRESS)
    ip: str | None = column("IP地址", "IP address", personal=Personal.IP)
    device: str | None = column("设备标识", "device id", personal=Personal.DEVICE)
    since: date | None = column("自", "since", Type.DATE)
    until: date | None = column("至", "until", Type.DATE)
    source: str = column("来源", "who says so", required=True)

    def held_on(self, day: date) -> bool:
        """Whether it was that place on a day; a blank end is open."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
