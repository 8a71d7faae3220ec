"""policycards."""
