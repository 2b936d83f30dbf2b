"""What a run keeps of itself: its evidence, as keys and bytes, the same wherever the run was made."""
