"""How a framework wants its texts written: limits, words and terms, as plain values.

docs/schemas.md says what each member means. What is not declared is not checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

Alternatives = Mapping[str, tuple[str, ...]]
"""By word or phrase, what to write instead: the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The style of a framework or of one kind. A limit of 0 is no limit.

    ``date_field`` is the field for dates of law, which then stay out of the text; ``""``
    where there is no such field, nothing where dates may be written. ``binding`` are the
    kinds that an advice refers to where it says that something must be done; none where
    the kind gives no advice.
    """

    title_stop: bool = True
    title_characters: int = 0
    title_colons: int = 0
    imperative: bool = False
    verbs: tuple[str, ...] = ()
    summary_words: tuple[int, int] = (0, 0)
    summary_stop: bool = False
    summary_differs: bool = False
    sentence_words: int = 0
    sentence_mean: int = 0
    passive: int | None = None
    paragraph_sentences: int = 0
    list_items: int = 0
    plain_words: Alternatives = field(default_factory=dict)
    term_variants: Alternatives = field(default_factory=dict)
    names: tuple[str, ...] = ()
    date_field: str | None = None
    binding: tuple[str, ...] = ()


_MEMBERS: Final = {
    ("titles", "full-stop"): "title_stop",
    ("titles", "characters"): "title_characters",
    ("titles", "colons"): "title_colons",
    ("titles", "imperative"): "imperative",
    ("titles", "verbs"): "verbs",
    ("summaries", "words"): "summary_words",
    ("summaries", "full-stop"): "summary_stop",
    ("summaries", "differ"): "summary_differs",
    ("sentences", "words"): "sentence_words",
    ("sentences", "mean"): "sentence_mean",
    ("sentences", "passive"): "passive",
    ("paragraphs", "sentences"): "paragraph_sentences",
    ("lists", "items"): "list_items",
    ("advice", "binding"): "binding",
}
_WORDS: Final = {"plain-words": "plain_words", "term-variants": "term_variants"}


def read_style(value: Mapping[str, Any], base: Style) -> Style:
    """Read ``style`` or ``x-style``, on top of ``base``; lists of words are added to."""
    given: dict[str, Any] = {}
    for (group, member), name in _MEMBERS.items():
        found = value.get(group, {}).get(member)
        if found is not None:
            given[name] = tuple(found) if isinstance(found, list) else found
    for member, name in _WORDS.items():
        if member in value:
            given[name] = {**getattr(base, name), **_alternatives(value[member])}
    if "names" in value:
        given["names"] = (*base.names, *value["names"])
    if "dates" in value:
        given["date_field"] = value["dates"].get("field", "")
    return replace(base, **given)


def _alternatives(value: Mapping[str, Any]) -> Alternatives:
    return {key: (found,) if isinstance(found, str) else tuple(found) for key, found in value.items()}
