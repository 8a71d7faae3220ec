"""Editions: a catalogue frozen for a date, and what two catalogues differ in."""
