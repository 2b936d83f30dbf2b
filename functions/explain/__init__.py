"""Reading back what a run kept: why a practice is paid what it is, whether the run can be made again, what changed."""
