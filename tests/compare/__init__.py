"""Tests of `pipeline.compare`."""
