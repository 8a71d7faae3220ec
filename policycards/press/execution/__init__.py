"""Runs jobs in processes or on a cluster, retries and checkpoints them."""
