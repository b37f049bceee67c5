"""The scale of 24 November 2026."""

from mingcha.grade.scale import Scale

SCALE = Scale(id="scale@2026-11-24", named_points=3, min_customers=3, min_families=2)
