"""From documents and schemas to one framework: a typed graph of entries."""
