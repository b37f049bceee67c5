"""Is the grievance true in the records? Blind to findings, campaigns and rings (law 2)."""
