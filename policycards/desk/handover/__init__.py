"""Screens for handing runs over to a ledger."""
