"""Taking in what suppliers send: the application."""
