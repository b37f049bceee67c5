"""Captures that others made, WARC and WACZ: read record by record, nothing is unpacked to disk by its name or followed."""

from mingcha.adapters.warc.reader import read_capture

__all__ = ["read_capture"]
