"""Links in running text."""
