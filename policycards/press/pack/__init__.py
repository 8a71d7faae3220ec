"""Builds the pack of a village."""
