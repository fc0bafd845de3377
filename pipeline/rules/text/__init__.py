"""Running text that does not become, or does not mean, what its author wanted."""
