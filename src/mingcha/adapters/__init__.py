"""Everything that can fail, block or needs a licence."""
