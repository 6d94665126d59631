"""Everything a user can do or ask: functions `verb(db, …)` that never open a transaction."""
