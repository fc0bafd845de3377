"""Exemptions from rules: each names its reason, and hides something."""
