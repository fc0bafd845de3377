"""What entries say about each other."""
