"""Households: which rules can hold for them."""
