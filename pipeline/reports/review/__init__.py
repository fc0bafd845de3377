"""The review of a pull request: as data for the second step, and in words."""
