"""Facts to ties to groups; law 3 decides, never a single thread."""
