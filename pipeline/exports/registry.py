"""All exports by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.exports.artifact import Artifact, Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.framework import Framework

Export = Callable[["Framework", Context], Iterator[Artifact]]

# Imported when asked for: each brings libraries of its own.
EXPORTS: Final = {
    "json": "pipeline.exports.json",
    "csv": "pipeline.exports.csv",
    "site": "pipeline.exports.site",
}


def export(name: str) -> Export:
    """Give the export of a name."""
    return import_module(EXPORTS[name]).export  # type: ignore[no-any-return]


def artifacts(framework: Framework, context: Context, names: Sequence[str] = ()) -> Iterator[Artifact]:
    """Make the artifacts of the named exports, or of all, in their order."""
    for name in names:
        if name not in EXPORTS:
            known = ", ".join(EXPORTS)
            raise UserError(
                nl=f"Er is geen export “{name}”. Kies uit: {known}.",
                en=f"There is no export “{name}”. Choose from: {known}.",
            )
    for name in EXPORTS:
        if not names or name in names:
            yield from export(name)(framework, context)
