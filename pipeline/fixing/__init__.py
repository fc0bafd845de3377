"""From findings to better files: which fixes go together, and what becomes of each text."""
