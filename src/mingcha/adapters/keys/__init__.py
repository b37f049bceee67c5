"""The site's keys from a file."""
