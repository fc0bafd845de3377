"""What GitHub answers: one module for each part of its REST API."""

from tests.github.answers import issues, pulls, reviews, runs

__all__ = ["issues", "pulls", "reviews", "runs"]
