"""Parts that several printed pieces share."""
