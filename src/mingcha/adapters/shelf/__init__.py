"""Package data: standards, lexicon, tables."""
