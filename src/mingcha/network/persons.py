"""What two rows of persons are compared by: name, telephone, identity number and address, each in one form."""

import re
from collections.abc import Mapping

from mingcha.errors import InputError
from mingcha.model.person import PARTS, PLACED, PersonRow
from mingcha.model.record import Personal
from mingcha.text.addresses import address_parts
from mingcha.text.canonical import canonical
from mingcha.text.names import person_name
from mingcha.text.normalise import normalise

SAID = ("name", "phone", "id_number", "address")  # what a row may say


def person_row(id_: str, said: Mapping[str, str]) -> PersonRow:
    """One row. A number that is none of its kind is compared digit by digit, for it may be a slip of the pen."""
    name = person_name(said.get("name", ""))
    where = address_parts(said.get("address", ""))
    phone, _ = _number(Personal.PHONE, said.get("phone", ""), r"\d{7,13}")
    number, identity = _number(Personal.ID_NUMBER, said.get("id_number", ""), r"\d{14,18}X?")
    door = f"{where.place} {where.building} {where.room}" if where.place and where.room else ""
    given = {
        "name": name.han,
        "sound": name.sound,
        "dull": name.dull,
        "surname": name.surname,
        "phone": phone,
        "id_number": number,
    }
    given |= {"door": door} | {part: getattr(where, part) for part in PLACED}
    return PersonRow(
        id=id_, parts={part: given[part] or None for part in PARTS}, identity=identity, called=name.dull or None
    )


def _number(kind: Personal, text: str, form: str) -> tuple[str, str | None]:
    """A number as it is compared, and the same when it is a valid one."""
    if not text.strip():
        return "", None
    try:
        held = canonical(kind, text)
    except InputError:
        digits = re.sub(r"[^\dX]", "", normalise(text).text.upper())
        return (digits, None) if re.fullmatch(form, digits) else ("", None)
    return held, held if len(held) < 18 else held[:6] + held[8:17]  # as the old numbers: without century and check
