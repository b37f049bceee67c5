"""Columns too large for memory, on disk while a run lasts."""

from mingcha.adapters.scratch.columns import Scratch, quarter_of_memory

__all__ = ["Scratch", "quarter_of_memory"]
