"""What the application needs from the world: a few methods each, so that a fake is as easy to write as an adapter."""
