"""What a run printed: each card and each line on it, as tables that outlive the run."""
