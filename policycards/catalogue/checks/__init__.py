"""Checks that need the whole catalogue, and checks of its texts."""
