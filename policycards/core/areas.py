"""Codes of areas: how many digits each level has."""

LONGEST = 12
"""Digits of a village's code."""
