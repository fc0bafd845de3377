"""The command ``kader``: one small module a command."""
