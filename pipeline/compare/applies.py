"""Whether something applies in fewer situations than before.

A field says when an entry applies: the word for always, or a list of cases; a case holds where
each of its features has one of its words (``guidance`` in docs/schemas.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.demands import Guidance

Case = dict[str, frozenset[str]]


def narrows(old: Mapping[str, Any], new: Mapping[str, Any], guidance: Guidance) -> bool:
    """Whether some situation in which an entry applied may not be covered any more."""
    now = _cases(new, guidance)
    return not all(any(_covers(case, former) for case in now) for former in _cases(old, guidance))


def _cases(fields: Mapping[str, Any], guidance: Guidance) -> list[Case]:
    """Give the cases; one without features holds always."""
    value = fields.get(guidance.applies, guidance.always)
    if not isinstance(value, list):
        return [{}]
    return [{name: _words(words) for name, words in case.items()} for case in value if isinstance(case, dict)]


def _words(value: Any) -> frozenset[str]:  # noqa: ANN401 - a field may hold anything
    return frozenset(map(str, value if isinstance(value, list) else [value]))


def _covers(case: Case, former: Case) -> bool:
    """Whether a case holds wherever the former one did."""
    return all(name in former and former[name] <= words for name, words in case.items())
