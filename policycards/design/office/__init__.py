"""Pieces for the office: approval sheet, review sheet, explanation, recovery sheet."""
