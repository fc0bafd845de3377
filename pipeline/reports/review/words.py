"""The words of a finding, in Markdown: our sentences, with what others wrote as code.

A rule's message is a template with names in it. The template is ours and becomes plain text,
each name becomes a code span. Where the template puts quotation marks around a name, the code
span comes in their place: both would say the same.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import Text
from pipeline.findings import Problem
from pipeline.reports.markdown import code, plain
from pipeline.rules.rule import listed
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pipeline.findings import Parameter
    from pipeline.reports.review.values import Told
    from pipeline.rules.rule import Rule

# A name between quotation marks, with signs of ours beside it; or words of ours between backticks.
_QUOTED: Final = re.compile(r"“([^\w\s{}“”]*)\{([a-z_]+)\}”|\"\{([a-z_]+)\}\"|`\{([a-z_]+)\}`|`([^`{}]*)`")

_ADDRESS: Final = re.compile(r"(\w+@[\w.]+\w|https?://)")
_JOINT: Final = re.compile(" of | or |, ")


class Sentences(NamedTuple):
    """What a finding says: what is wrong, and why that matters and what to do."""

    message: str
    advice: str


class Words:
    """Gives findings their words in a language.

    ``labels`` are names of kinds and fields in the framework's own schemas, ``sentences`` what those
    say of them: words of ours too, which may stand among ours as they are.
    """

    def __init__(
        self,
        rules: Mapping[str, Rule],
        language: str,
        labels: Collection[str] = (),
        sentences: Collection[str] = (),
    ) -> None:
        """Keep where the words come from."""
        self._sentences = sentences
        self._rules = rules
        self.language = language
        self._labels = labels

    def of(self, told: Told) -> Sentences | None:
        """Give the sentences of a finding; none where no rule of ours says such a thing."""
        try:
            rule = self._rules[told.rule]
        except KeyError:
            return None
        problem = Problem(location=Source(path="", text="").at(0), variant=told.variant)
        if told.variant and told.variant not in _variants(rule):
            return None
        try:
            message = self._filled(rule.message(problem), told.parameters)
            advice = self._filled(rule.help(problem), told.parameters)
        except LookupError:  # the template asks for what is not there
            return None
        return Sentences(message, f"{self._hint(told.parameters)} {advice}".strip())

    def text(self, text: Text) -> str:
        """Give our own words as Markdown."""
        return _ours(text.in_language(self.language))

    def say(self, template: Text, **parts: str | int) -> str:
        """Fill a template of our own with parts that are Markdown already."""
        pieces = Formatter().parse(template.in_language(self.language))
        return "".join(_ours(words) + ("" if name is None else str(parts[name])) for words, name, _, _ in pieces)

    def shown(self, value: Parameter) -> str:
        """Show what somebody else wrote."""
        if isinstance(value, Text):
            words = value.in_language(self.language)
            return _ours(words) if self._is_ours(words) else code(words)
        if isinstance(value, tuple):
            return listed([code(item) for item in value], self.language)
        if isinstance(value, int):
            return str(value)
        return _ours(value) if value in self._sentences else code(value)

    def _is_ours(self, words: str) -> bool:
        """Whether words are of our schemas, or some of those put together: ``een vereiste of een maatregel``."""
        return words in self._sentences or all(part in self._labels for part in _JOINT.split(words))

    def _filled(self, template: Text, parameters: Mapping[str, Parameter]) -> str:
        return "".join(self._parts(template.in_language(self.language), parameters))

    def _parts(self, template: str, parameters: Mapping[str, Parameter]) -> Iterator[str]:
        at = 0
        for match in _QUOTED.finditer(template):
            yield from self._plain_parts(template[at : match.start()], parameters)
            signs, quoted, straight, ticked, ours = match.groups()
            name = quoted or straight or ticked
            yield code(ours) if name is None else self._quoted(signs or "", parameters[name])
            at = match.end()
        yield from self._plain_parts(template[at:], parameters)

    def _plain_parts(self, template: str, parameters: Mapping[str, Parameter]) -> Iterator[str]:
        for words, name, _, _ in Formatter().parse(template):
            yield _ours(words)
            if name is not None:
                yield self.shown(parameters[name])

    def _quoted(self, signs: str, value: Parameter) -> str:
        return code(signs + value) if signs and isinstance(value, str) else plain(signs) + self.shown(value)

    def _hint(self, parameters: Mapping[str, Parameter]) -> str:
        names = parameters.get("suggestions")
        if not isinstance(names, tuple) or not names:
            return ""
        return {"nl": "Bedoel je {}?", "en": "Did you mean {}?"}[self.language].format(self.shown(names))


def _ours(words: str) -> str:
    """Write our own words; GitHub would make something of an address in them, so that becomes code."""
    parts = _ADDRESS.split(words)
    return "".join(code(part) if _ADDRESS.fullmatch(part) else plain(part) for part in parts)


def _variants(rule: Rule) -> set[str]:
    return {name for words in (rule.messages, rule.helps) if not isinstance(words, Text) for name in words}
