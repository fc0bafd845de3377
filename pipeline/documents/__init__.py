"""From text to documents that remember where every value stands."""
