"""The one place that reads the environment and chooses the adapters."""
