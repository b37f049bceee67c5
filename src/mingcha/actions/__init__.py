"""Verbs: each checks permission, calls pure functions, seals evidence, and is one transaction."""
