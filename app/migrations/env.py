"""Run by Alembic for each upgrade; the connection and its transaction belong to the caller."""
