"""What goes back to offices, and what their other lists are joined with: copies, templates, merging,
comparing.
"""
