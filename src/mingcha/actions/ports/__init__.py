"""What actions need from the outside, as Protocols by subject; adapters fit them without importing them."""
