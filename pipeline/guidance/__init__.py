"""What applies to whom, at what level, and what the framework covers."""
