"""A run from frozen inputs to published achievements: the application."""
