"""States and counts derived from events."""
