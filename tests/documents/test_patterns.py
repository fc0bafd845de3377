"""Expressions that are compiled when they are first used: each can be, and answers as any other."""

from __future__ import annotations

import re
import sys

import pytest

from pipeline.rules.registry import rules
from pipeline.text import LINE_END, lazy_pattern


def test_a_lazy_pattern_answers_as_the_pattern_itself() -> None:
    lazy, known = lazy_pattern(r"(?P<a>x+)\b", re.IGNORECASE), re.compile(r"(?P<a>x+)\b", re.IGNORECASE)
    assert [match.span("a") for match in lazy.finditer("xx Xy X")] == [(0, 2), (6, 7)]
    assert lazy.sub("-", "xx a") == known.sub("-", "xx a")
    assert (lazy.pattern, lazy.flags, lazy.groups, lazy.groupindex) == (
        known.pattern,
        known.flags,
        known.groups,
        known.groupindex,
    )
    assert lazy.fullmatch("xy") is None
    with pytest.raises(AttributeError):
        lazy.nothing_of_the_kind  # type: ignore[attr-defined]  # noqa: B018 - that is the test


def test_every_lazy_pattern_can_be_compiled() -> None:
    assert len(rules()) > 90  # which imports them all
    modules = [module for name, module in sys.modules.items() if name.startswith("pipeline.")]
    values = [value for module in modules for value in vars(module).values()]
    values += [each for value in values if isinstance(value, dict) for each in value.values()]
    values += [each for value in values if isinstance(value, tuple) for each in value]
    lazy = [value for value in values if type(value) is type(LINE_END)]
    assert len(lazy) > 150
    assert all(re.compile(value.pattern, value.flags) for value in lazy)
