"""Screen for the detail site."""
