"""Certificates of a class: decision, numbers, preview and print."""
