"""Rosters: reads an office's list into typed columns and reports what is wrong in it."""
