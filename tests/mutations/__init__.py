"""Mistakes seeded in copies of real content, to see whether each is found, where, and as what."""
