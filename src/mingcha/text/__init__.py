"""Reading evasive Chinese: folding that keeps offsets, contacts, lexicon, segments, fingerprints, similarity."""
