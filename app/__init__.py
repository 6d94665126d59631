"""Sổ Lớp, the program of a political centre."""
