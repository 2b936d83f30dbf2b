"""Measurements against named peers, in one run on one machine. Ratios travel between machines, seconds do not."""
