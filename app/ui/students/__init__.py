"""Screens of learners: the roll of a class, imports, people."""
