"""Screens for policies and reviews."""
