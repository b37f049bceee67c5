"""One store over SQL, on SQLite and PostgreSQL."""
