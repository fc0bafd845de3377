"""The review of a pull request: what to make of the run that checked it, and what to do on GitHub."""
