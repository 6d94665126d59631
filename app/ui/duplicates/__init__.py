"""Tìm người trùng: the pairs of people who may be one, compared, told apart or merged."""
