"""Tests of `pipeline.documents`."""
