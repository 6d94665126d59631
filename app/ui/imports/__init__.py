"""Nhập từ Excel: choosing a roster, its columns, its lines, and bringing them into a class."""
