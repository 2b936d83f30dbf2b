"""A second, independent calculation in exact fractions, written from the rules and not from the engine.

It shares nothing with the engine: no import of `functions`, `cqrs` or the models, its own reading of the files, and a
different arithmetic (`fractions.Fraction`). It is slow, and it only takes input without problems.
"""
