"""The victim's own door: no account, no script, nothing shared with the desk."""
