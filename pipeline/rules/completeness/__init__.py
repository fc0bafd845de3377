"""Rules over what an entry still lacks."""
