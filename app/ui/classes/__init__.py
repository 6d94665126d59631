"""Lớp học: the list of classes and the workspace of one class."""
