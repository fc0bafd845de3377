"""What a release holds: its files, what describes them, its version and its list of ids."""
