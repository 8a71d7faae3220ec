"""Where a run is stored: a folder or an object store, its lock, its id."""
