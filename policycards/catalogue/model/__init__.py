"""The format of policies: frozen models, words, topics, cases."""
