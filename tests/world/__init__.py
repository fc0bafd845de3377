"""Tests of `pipeline.world`."""
