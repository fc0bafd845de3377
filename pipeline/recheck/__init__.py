"""What a check comes to after a few files changed, without asking about all others again."""
