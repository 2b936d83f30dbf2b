"""The names of the metrics that are the service's own."""

NAMESPACE = "CQRS"
OVERDUE = "DeclarationOverdue"
HELD = "RunHeld"
HOLD_OVERDUE = "HoldOverdue"
QUARANTINED = "FileQuarantined"
