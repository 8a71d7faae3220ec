"""Screens for rosters, cards and runs."""
