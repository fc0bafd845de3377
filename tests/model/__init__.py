"""Tests of `pipeline.model`."""
