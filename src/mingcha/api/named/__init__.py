"""The door of whoever is named: no account, no script, nothing shared with the desk."""
