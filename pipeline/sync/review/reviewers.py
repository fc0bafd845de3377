"""``.github/reviewers.yml``: who is asked to look along, by theme, as the maintainers want it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from jsonschema import Draft202012Validator

from pipeline.documents.yaml import parse_yaml
from pipeline.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.documents.document import Node
    from pipeline.text import Source

FILE: Final = ".github/reviewers.yml"


class Reviewers(NamedTuple):
    """User names by theme."""

    themes: Mapping[str, tuple[str, ...]] = {}

    def of(self, themes: Iterable[str]) -> tuple[str, ...]:
        """Give whom to ask for some themes, each once, sorted."""
        return tuple(sorted({name for theme in themes for name in self.themes.get(theme, ())}, key=str.casefold))

    def unknown(self, themes: Collection[str]) -> tuple[str, ...]:
        """Give the themes in the file that are none, sorted."""
        return tuple(sorted(theme for theme in self.themes if theme not in themes))


def to_ask(names: Iterable[str], *, author: str, before: Collection[str]) -> tuple[str, ...]:
    """Leave out the author, and whoever was asked or has looked before; GitHub does not mind capitals."""
    known = {author.casefold(), *(name.casefold() for name in before)}
    return tuple(name for name in names if name.casefold() not in known)


def schema() -> str:
    """Give the JSON Schema of the file."""
    return files(__package__).joinpath("reviewers.schema.json").read_text("utf-8")


def read_reviewers(source: Source) -> Reviewers:
    """Read the file; what is not as described is the maintainer's mistake, told with its line."""
    root, flaws = parse_yaml(source)
    if root is None or flaws:
        raise _wrong(source, flaws[0].problem.location.begin.line if flaws else 1)
    error = next(Draft202012Validator(json.loads(schema())).iter_errors(root.value), None)
    if error is not None:
        raise _wrong(source, _line(source, root, error.absolute_path))
    return Reviewers({theme: tuple(names) for theme, names in root.value["themes"].items()})


def _line(source: Source, root: Node, steps: Iterable[str | int]) -> int:
    node = root
    for step in steps:
        below = node.child(step)
        if below is None:
            break
        node = below
    return source.position(max(node.start, 0)).line


def _wrong(source: Source, line: int) -> UserError:
    return UserError(
        nl=f"{source.path}:{line}: hier staat niet wat er hoort. Schrijf onder `themes` bij elk onderwerp een lijst "
        "met hoogstens 5 gebruikersnamen, zonder apenstaartje.",
        en=f"{source.path}:{line}: this is not as it should be. Below `themes`, give each theme a list of at most 5 "
        "user names, without an at sign.",
    )
