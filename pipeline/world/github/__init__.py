"""A repository on GitHub, through PyGithub: one module for each part of its REST API."""
