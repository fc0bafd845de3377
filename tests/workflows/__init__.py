"""The workflows for GitHub: what they may do, and that they do it, without GitHub."""
