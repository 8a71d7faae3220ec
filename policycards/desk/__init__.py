"""The desk: a page in the browser of an office's PC that does the three jobs by dragging files and
pressing buttons.
"""
