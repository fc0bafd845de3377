"""A release on GitHub: its notes, and the steps that bring it there whole."""
