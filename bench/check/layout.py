"""The files that every program of the checking benchmark reads, and those that it writes."""

RULES = "rules.json"  # what the extract is held against, for the peers
REPORT, PROBLEMS = "report.json", "problems.csv"  # what this checker writes, as ingest does
LINES = "lines.txt"  # the lines that a program's report complains of, written once the clock has stopped
