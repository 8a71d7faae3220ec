"""Which printed cards no longer say what holds."""
