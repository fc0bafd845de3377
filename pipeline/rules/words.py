"""Words that messages put together from the labels in the schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_of(nouns: Iterable[Text]) -> Text:
    """Give ``een vereiste of een maatregel``, in English ``a requirement or an instrument``."""
    each = list(nouns)
    return Text(
        nl=" of ".join(f"een {noun.nl}" for noun in each),
        en=" or ".join(f"{_article(noun.en)} {noun.en}" for noun in each),
    )


def _article(noun: str) -> str:
    # "a use case", but "an instrument".
    return "an" if noun[:1].lower() in "aeio" else "a"
