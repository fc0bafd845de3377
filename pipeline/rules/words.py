"""Words that messages put together from the labels in the schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.rules.schema.shapes import schemas_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.kinds import Kind


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


def label_at(kind: Kind, path: str) -> Text:
    """Give what people call the field at a path (``sources.ADR``)."""
    steps = path.split(".")
    found = (schema["x-label"] for schema in schemas_at(kind.schema, steps) if "x-label" in schema)
    return next((Text(nl=label["nl"], en=label["en"]) for label in found), Text(nl=steps[-1], en=steps[-1]))
