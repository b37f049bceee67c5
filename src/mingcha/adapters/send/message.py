"""A letter as the bytes of a message: no name in it can add a header, a recipient or a part."""

import mimetypes
import re
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from mingcha.errors import NotSent
from mingcha.model.mail import Letter, is_address
from mingcha.model.words import Words

BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")  # and halves of characters, which no charset has
OUTSIDE_IDS = re.compile(r"[^0-9A-Za-z]")
UNKNOWN = "application/octet-stream"
OUTSIDE_NAMES = re.compile(r'[/\\<>:"|?*]')


def message(letter: Letter, sender: str) -> bytes:
    """The whole message, lines ended by CR LF; NotSent where an address is none."""
    addresses = [wire(one) for one in (sender, *letter.to)]
    made = EmailMessage(policy=SMTP if all(one.isascii() for one in addresses) else SMTPUTF8)
    made["From"], made["To"] = addresses[0], ", ".join(addresses[1:])
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(letter.at)
    made["Message-ID"] = f"<{OUTSIDE_IDS.sub('', letter.id) or 0}@{addresses[0].rpartition('@')[2]}>"
    made.set_content(letter.body.encode("utf-8", "replace").decode(), charset="utf-8", cte="base64")
    for one in letter.enclosed:
        kind, _, sub = (mimetypes.guess_type(one.name)[0] or UNKNOWN).partition("/")
        if kind in ("message", "multipart"):
            kind, _, sub = UNKNOWN.partition("/")
        name = OUTSIDE_NAMES.sub("_", one_line(one.name))
        made.add_attachment(one.data, maintype=kind, subtype=sub, filename=name)
    return made.as_bytes()


def wire(address: str) -> str:
    """An address as the wire has it: its domain in ASCII; NotSent where it is none."""
    local, _, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        ascii_domain = ""
    if not is_address(address) or not ascii_domain:
        raise NotSent(why=Words(f"{address!r} 不是邮箱地址", f"{address!r} is no e-mail address"))
    return f"{local}@{ascii_domain}"


def one_line(text: str) -> str:
    """A text without breaks of lines or other controls."""
    return BREAKS.sub(" ", text).strip()
