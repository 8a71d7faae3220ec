"""What the two Django applications share, the ledger and the desk: language, settings, looks."""
