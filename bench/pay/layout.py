"""The files of a nation that every program reads, and the one file that every program writes."""

EXTRACT, ORGANISATIONS = "extract.csv", "organisations.csv"  # the real layouts
RULES, PARAMETERS = "rules.csv", "parameters.json"  # the service document's figures, for the peers
RIGHT = "right.csv"  # what the oracle says, for the judge
PAYMENTS = "payments.csv"
