"""Check, map and publish a framework of requirements, measures and instruments."""

__version__ = "0.1.0"
