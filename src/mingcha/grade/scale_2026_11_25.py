"""The scale of 25 November 2026: a complaint is linked by two kinds of threads of its own, never by likeness of text alone."""

from mingcha.grade.scale import Scale

SCALE = Scale(id="scale@2026-11-25", named_points=3, min_customers=3, min_families=2, min_threads=2)
