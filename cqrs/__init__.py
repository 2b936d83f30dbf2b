"""The command line, for analysts, suppliers and operators."""
