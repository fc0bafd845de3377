"""Expected trouble: what a user can mend, told in one sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same sentence or word in Dutch and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the Dutch text for ``"nl"`` and the English one for anything else."""
        return self.nl if language == "nl" else self.en

    def lowered(self) -> Text:
        """Give a label as it stands in a sentence: ``Vereiste`` becomes ``vereiste``."""
        return Text(nl=_lowered(self.nl), en=_lowered(self.en))


def _lowered(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


class UserError(Exception):
    """A mistake that the user can mend: printed as one sentence, exit code 2."""

    def __init__(self, *, nl: str, en: str) -> None:
        """Keep the sentence in both languages; whoever prints it picks one."""
        super().__init__(en)
        self.text = Text(nl=nl, en=en)
