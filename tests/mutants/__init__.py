"""Mutation testing of the core: each of its modules is changed in one place at a time, and its tests are to notice."""
