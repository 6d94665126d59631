"""Marks and results of a class."""
