"""The only part that touches disk, git and the network."""
