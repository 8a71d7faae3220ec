"""Reads finished packs back and compares them with what they should hold."""
