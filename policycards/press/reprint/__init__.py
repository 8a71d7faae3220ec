"""Reprints spoilt sheets of a run."""
