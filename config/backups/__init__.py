"""Backups of everything that is stored, in one file that SQLite and PostgreSQL both can be restored from."""
