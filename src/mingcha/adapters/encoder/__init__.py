"""Meanings of sentences as vectors."""

from mingcha.adapters.encoder.usem import Usem

__all__ = ["Usem"]
