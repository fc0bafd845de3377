"""Ids: unique, well formed, never lost, never reused."""
