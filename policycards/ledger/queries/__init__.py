"""What reports and pages ask of the ledger."""
