"""Detectors by subject."""
