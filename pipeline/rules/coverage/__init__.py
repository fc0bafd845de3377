"""Rules over what the framework as a whole still lacks."""
