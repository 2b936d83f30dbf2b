"""The same achievements and payments, by this engine and by the arithmetic that others would use."""
