"""Two revisions of a framework side by side: what moved, and which findings are new."""
