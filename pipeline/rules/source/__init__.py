"""Can the file be read at all, and as what its author meant."""
