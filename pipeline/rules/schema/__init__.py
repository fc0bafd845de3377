"""Front matter and lists, held against the schema of their kind."""
