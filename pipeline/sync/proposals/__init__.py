"""From a form that somebody filled in to a pull request with a valid entry."""
