"""The store in memory: plain dictionaries, the slow and obviously right twin of the one over SQL."""
