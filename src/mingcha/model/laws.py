"""Floors of the ten laws: constants, not settings; a scheme below them is refused at start-up."""

MIN_UNRELATED_CUSTOMERS = 3  # law 3
MIN_TIE_FAMILIES = 2  # law 3
MAX_CITES = 20  # law 9: what is shown is capped, the count beside it is not
