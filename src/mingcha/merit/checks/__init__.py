"""One file a merit check."""
