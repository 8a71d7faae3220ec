"""Booklet, poster and leaflets."""
