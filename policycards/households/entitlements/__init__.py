"""Entitlements: evaluates standards for the households of a roster."""
