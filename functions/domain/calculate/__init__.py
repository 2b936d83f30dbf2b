"""Points and pounds, in whole numbers."""
