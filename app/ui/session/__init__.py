"""From opening the file to leaving: lock, users, screen lock, backups, states of the program."""
