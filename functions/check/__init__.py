"""Checking extracts, for who takes them in and for who only asks; and looking at what came of them."""
