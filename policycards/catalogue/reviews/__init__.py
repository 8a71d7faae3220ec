"""Reviews of Tibetan texts: what is to be read, and what readers decided."""
