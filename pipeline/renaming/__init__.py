"""Another name for an entry or a heading: what it means for every file, as one plan."""
