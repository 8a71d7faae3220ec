"""What every room uses: problems and their codes, units, files, the journal of a transaction."""
