"""All rules by name, found in the folders of their families."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final

from pipeline.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Rules(Mapping[str, Rule]):
    """Rules by name; a module is imported when its rule is asked for.

    A check that remembers its outcome needs the words of a few rules only: ``known`` are rules
    whose modules need not be imported.
    """

    def __init__(self, known: Mapping[str, Rule] | None = None) -> None:
        self._known = known or {}

    @cached_property
    def _modules(self) -> dict[str, str]:
        """The module of each name that may be a rule's."""
        found: dict[str, str] = {}
        for family in FAMILIES:
            package = import_module(f"pipeline.rules.{family}")
            for module in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
                found[f"{family}/{module.replace('_', '-')}"] = f"{package.__name__}.{module}"
        return found

    @cached_property
    def _all(self) -> dict[str, Rule]:
        found = ((name, _rule(name, module)) for name, module in self._modules.items())
        return {name: rule for name, rule in found if rule is not None}

    def __getitem__(self, name: str) -> Rule:
        if name in self._known:
            return self._known[name]
        module = self._modules.get(name)
        rule = _rule(name, module) if module else None
        if rule is None:
            raise KeyError(name)
        return rule

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


@cache
def _rule(name: str, module_name: str) -> Rule | None:
    module = import_module(module_name)
    check = getattr(module, "check", None)
    if not isinstance(check, Rule):
        return None
    return replace(check, name=name, page=inspect.cleandoc(module.__doc__ or ""))


@cache
def rules() -> Mapping[str, Rule]:
    """Give every rule by its name, sorted within the families' order."""
    return Rules()
