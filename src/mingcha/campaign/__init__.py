"""Texts to families of near-duplicates: stars of verified pairs, never chains."""
