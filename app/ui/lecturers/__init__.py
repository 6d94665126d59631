"""Screens of lecturers."""
