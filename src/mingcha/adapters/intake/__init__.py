"""Files to typed rows and rejects."""
