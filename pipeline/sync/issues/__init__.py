"""Issues for what is broken or incomplete: which there should be, and what to do to get there."""
