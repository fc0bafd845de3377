"""Rules over how Dutch texts read."""
