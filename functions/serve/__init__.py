"""The HTTP API: translates a request, calls once, and translates back."""
