"""Tests of `pipeline.exports.release`."""
