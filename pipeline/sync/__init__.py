"""What should happen on GitHub, as plans: pure, without a network."""
