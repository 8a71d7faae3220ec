"""Edits the files of a catalogue in place."""
