"""The field: what a village team's phone opens, keeps and sends, and the page that it does it
with.
"""
