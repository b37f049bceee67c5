"""What the product does to a text before the campaign room sees it, for the benches."""

from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise


def sketch(text: str) -> bytes:
    """Folded, fingerprinted, as stored."""
    return shingles(normalise(text)).astype("<u8").tobytes()
