"""Measuring: a seeded replicator of a real framework, and the benchmark itself."""
