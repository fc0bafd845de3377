"""What GitHub answers: one module for each part of its REST API."""

from tests.github.answers import git_data, issues, pulls, releases, repository, reviews, runs

__all__ = ["git_data", "issues", "pulls", "releases", "repository", "reviews", "runs"]
