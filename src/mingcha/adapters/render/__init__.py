"""Values to pages."""
