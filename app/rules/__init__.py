"""What the regulations say: pure functions on plain values, each citing its text (RULES)."""
