"""The ledger: a Django application that accounts for every card from the press to the household's
hand.

A run reaches it as a manifest; it never imports rendering. Views, API, admin and commands change
things only through ``actions``; what became of a card is what its events say (``states``).
"""
