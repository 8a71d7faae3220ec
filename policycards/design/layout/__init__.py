"""Layout: frames, blocks, typesetting, pagination, imposition, themes."""
