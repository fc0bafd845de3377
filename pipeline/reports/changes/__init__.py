"""What changed between two revisions, for people and for programs: one file for each form."""
