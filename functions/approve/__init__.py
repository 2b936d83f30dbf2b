"""Declaring, approving, approving for payment: the application."""
