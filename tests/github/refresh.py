"""Make the slice of GitHub's OpenAPI description that the fake is held against.

    python -m tests.github.refresh [PATH]

PATH is a tarball of the npm package ``@octokit/openapi``, or the description in it; without it
npm is asked for the newest. The slice holds facts only: no prose and no examples.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "@octokit/openapi"
MEMBER: Final = "package/generated/api.github.com.json"
HERE: Final = Path(__file__).parent
SLICE: Final = HERE / "openapi.json"
OPERATIONS: Final = HERE / "operations.txt"
METHODS: Final = ("get", "post", "put", "patch", "delete")

# Prose, examples, and what tools for other ends read.
_PROSE: Final = frozenset({"description", "summary", "title", "example", "examples", "externalDocs", "tags", "links"})
# Under these keys names stand, not keywords.
_NAMES: Final = frozenset({"properties", "patternProperties"})
_VALUES: Final = frozenset({"enum", "default", "required", "const"})


def main(arguments: list[str]) -> None:
    """Write the slice, of what lies at a path or of npm's newest."""
    path = Path(arguments[0]) if arguments else None
    SLICE.write_text(written(sliced(_described(path), wanted())), encoding="utf-8")


def wanted() -> list[str]:
    """Give the ids of the operations that we use."""
    lines = OPERATIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def sliced(description: dict[str, Any], operations: list[str]) -> dict[str, Any]:
    """Give these operations of a description, with all that they refer to."""
    paths: dict[str, dict[str, Any]] = {}
    for path, item in description["paths"].items():
        kept = {method: _bare(item[method]) for method in METHODS if _is_wanted(item.get(method), operations)}
        if kept:
            paths[path] = kept
    missing = set(operations) - {one["operationId"] for item in paths.values() for one in item.values()}
    if missing:
        sys.exit(f"not in the description: {', '.join(sorted(missing))}")
    return {
        "openapi": description["openapi"],
        "info": {"title": "GitHub REST API, a slice", "version": description["info"]["version"]},
        "paths": paths,
        "components": _components(description["components"], paths),
    }


def written(content: dict[str, Any]) -> str:
    """Give the slice as text: a line for each operation and each component, so that changes can be read."""
    top = [f"{_line(key)}:{_line(content[key])}" for key in ("openapi", "info")]
    top += [f"{_line(key)}:{{\n{_groups(content[key])}\n}}" for key in ("paths", "components")]
    return "{\n" + ",\n".join(top) + "\n}\n"


def _groups(groups: dict[str, dict[str, Any]]) -> str:
    return ",\n".join(
        f"{_line(name)}:{{\n"
        + ",\n".join(f"{_line(key)}:{_line(value)}" for key, value in sorted(group.items()))
        + "\n}"
        for name, group in sorted(groups.items())
    )


def _line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _is_wanted(operation: Any, operations: list[str]) -> bool:
    return isinstance(operation, dict) and operation.get("operationId") in operations


def _components(known: dict[str, Any], paths: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give what is referred to, and what that refers to, and so on."""
    found: dict[str, dict[str, Any]] = {}
    waiting = _references(paths)
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in found.setdefault(kind, {}):
            found[kind][name] = _bare(known[kind][name])
            waiting += _references(found[kind][name])
    return found


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [reference for item in value for reference in _references(item)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    return own + [reference for item in value.values() for reference in _references(item)]


def _bare(value: Any, *, names: bool = False) -> Any:
    """Take away prose and examples; ``names`` says that the keys are names of properties."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: item if key in _VALUES and not names else _bare(item, names=key in _NAMES and not names)
        for key, item in value.items()
        if names or not (key in _PROSE or key.startswith("x-") or (key == "headers"))
    }


def _described(path: Path | None) -> dict[str, Any]:
    if path is None:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True)  # noqa: S607 - as installed
            return _described(next(Path(folder).glob("*.tgz")))
    if path.suffix == ".json":
        described = json.loads(path.read_bytes())
    else:
        with tarfile.open(path) as packed:
            member = packed.extractfile(MEMBER)
            if member is None:
                sys.exit(f"{path}: {MEMBER} is no file")
            described = json.load(member)
    return dict(described)


if __name__ == "__main__":
    main(sys.argv[1:])
