"""Pieces of a village pack beside the cards: cover sheet, register, test page."""
