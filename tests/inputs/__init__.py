"""Builders of what tests feed in: rows of an extract, rows of organisations, and small services."""
