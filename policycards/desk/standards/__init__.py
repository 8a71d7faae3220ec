"""Screens for standards, impact, editions and staleness."""
