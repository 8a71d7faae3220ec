"""Reads the files of a run for loading."""
