"""What a card says, in words and figures, before any layout."""
