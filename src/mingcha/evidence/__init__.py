"""Canonical bytes, seals and their verification."""
