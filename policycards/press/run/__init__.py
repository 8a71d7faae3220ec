"""A whole run: prepares it, prints it, reports missing data."""
