"""Rules over files that are made from others."""
