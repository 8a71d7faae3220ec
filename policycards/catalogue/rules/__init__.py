"""The language of rules: tokens, parser, terms and the columns that a rule may name."""
