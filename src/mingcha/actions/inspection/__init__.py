"""Inspection: what is kept held against what was sealed, the lists the rules ask for, and the pack an inspector takes away."""
