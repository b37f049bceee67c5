"""The desk door: parse, authorise, render."""
