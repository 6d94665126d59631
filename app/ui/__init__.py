"""The only room that knows Qt: theme, shared widgets and one folder of pages per subject."""
