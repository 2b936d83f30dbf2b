"""What holds for every test: examples are drawn the same way every time, so that a failure can be repeated."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, max_examples=100, deadline=None)
settings.load_profile("repeatable")
