"""Who did what, and taking it back: undo and redo, the journal page, the history of a record."""
