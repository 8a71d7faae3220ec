"""Cards: the general card, a household's card, spare cards."""
