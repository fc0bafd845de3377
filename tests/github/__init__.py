"""GitHub as tests need it: a fake of its REST API, and what is tried against it.

`hub` is what tests use, through the fixture of that name; `faults` lets things go wrong. The rest:

- `operations.txt` and `refresh` make `openapi.json`, which `description` turns into validators;
- `server` speaks HTTP, `answering` and `answers` answer, `shapes` writes the JSON;
- `ground`, `commits`, `things`, `state` and `git_store` remember, `diffs` tells what changed;
- `permissions` reads what a job may do.
"""
