"""The kinds of mistakes, by family of rules."""

from __future__ import annotations

from tests.mutations.kinds import (
    completeness,
    ids,
    links,
    references,
    schema_values,
    schema_yaml,
    source,
    style,
    suppressions,
    text,
)

everything = (
    completeness,
    ids,
    links,
    references,
    schema_values,
    schema_yaml,
    source,
    style,
    suppressions,
    text,
)
