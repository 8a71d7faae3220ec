"""Reads a folder of policies into a catalogue."""
