"""Names in a bundle: ours alone, so that no name given to us ever becomes a path; given names are kept beside, escaped, whole."""

import re
import unicodedata

KNOWN = re.compile(
    "amr|avi|bmp|csv|docx|eml|gif|jpe?g|json|m4a|mkv|mov|mp[34]|ofd|ogg|pcap|pdf|png|pptx|tiff?|txt|vcf|wav|web[mp]|xlsx|zip"
)  # formats that run nothing when they are opened; whatever else is .bin
OTHER = "bin"
PAPER = re.compile(r"[0-9A-Za-z\u4e00-\u9fa5][0-9A-Za-z\u4e00-\u9fa5_-]{0,60}\.[a-z0-9]{1,8}")
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\..*", re.I)  # Windows opens the device instead
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # classes of characters that are not seen, or turn round what is


def exhibit_path(number: int, count: int, sha256: str, given: str) -> str:
    """data/NNN-HHHHHHHH.ext: its number, wide enough for all of them, and the start of its digest."""
    ending = given.rpartition(".")[2].lower()
    width = max(3, len(str(count)))
    return f"data/{number:0{width}d}-{sha256[:8]}.{ending if KNOWN.fullmatch(ending) else OTHER}"


def paper_fits(name: str) -> bool:
    """Whether a paper may have this name on every system."""
    return PAPER.fullmatch(name) is not None and not DEVICES.fullmatch(name)


def shown(text: str) -> str:
    r"""A text from outside on one line, readable and whole: what cannot be seen is \u{hex}, a backslash is doubled."""
    return "".join(_one(character) for character in text)


def _one(character: str) -> str:
    if character == "\\":
        return "\\\\"
    return f"\\u{{{ord(character):x}}}" if unicodedata.category(character) in HIDDEN else character
