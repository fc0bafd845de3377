"""Tests of `pipeline.sync`."""
