"""The kinds of mistakes, by family of rules."""

from __future__ import annotations

from tests.mutations.kinds import ids, links, references, schema_values, schema_yaml, source, suppressions, text

everything = (ids, links, references, schema_values, schema_yaml, source, suppressions, text)
