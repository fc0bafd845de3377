"""All rules by name, found in the folders of their families."""

from __future__ import annotations

import inspect
import pkgutil
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from pipeline.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILIES: Final = (
    "source",
    "schema",
    "ids",
    "references",
    "links",
    "text",
    "completeness",
    "style",
    "coverage",
    "derived",
    "suppressions",
)


@cache
def rules() -> Mapping[str, Rule]:
    """Give every rule by its name, sorted within the families' order."""
    found: dict[str, Rule] = {}
    for family in FAMILIES:
        package = import_module(f"pipeline.rules.{family}")
        for module_name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
            module = import_module(f"{package.__name__}.{module_name}")
            check = getattr(module, "check", None)
            if isinstance(check, Rule):
                name = f"{family}/{module_name.replace('_', '-')}"
                found[name] = replace(check, name=name, page=inspect.cleandoc(module.__doc__ or ""))
    return found
