"""Notices of changed amounts: slips, village notices, edition notices."""
