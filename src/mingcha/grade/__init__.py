"""Findings to a suggestion on a dated scale, with the arithmetic."""
