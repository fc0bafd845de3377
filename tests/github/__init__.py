"""GitHub as tests need it: a fake of its REST API, and what is tried against it."""
