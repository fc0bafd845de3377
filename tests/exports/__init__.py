"""Tests of `pipeline.exports`."""
