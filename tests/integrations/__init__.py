"""The files by which other programs use this one: editors, git hooks and GitHub."""
