"""Time-stamps (RFC 3161) over digests, from an authority the site chose. Needs the extra `timestamp`."""

from mingcha.adapters.timestamp.authority import TimeAuthority, trusted

__all__ = ["TimeAuthority", "trusted"]
