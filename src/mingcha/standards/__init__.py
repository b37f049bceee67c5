"""Published clauses, deadlines and word lists as dated data."""
