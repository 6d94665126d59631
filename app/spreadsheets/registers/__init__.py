"""A centre's old registers as a set of CSV files."""
