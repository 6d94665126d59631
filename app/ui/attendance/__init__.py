"""The attendance grid of a class and its quick entry."""
