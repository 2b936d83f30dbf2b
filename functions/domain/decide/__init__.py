"""Who may decide what, and what a decision leads to."""
