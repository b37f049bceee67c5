"""Frozen values every room shares; standard library only."""
