"""The desk door: what people inside the institution may ask over HTTP."""
