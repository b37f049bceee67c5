"""Images read offline: words with boxes, QR codes made harmless, perceptual hashes. Needs the extra `vision`."""

from mingcha.adapters.vision.reader import ImageReader

__all__ = ["ImageReader"]
