"""Statutory deadlines: moved by documents the law names and by nothing else."""
