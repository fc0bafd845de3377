"""The manual pages of the rules, for a terminal."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text, UserError
from pipeline.reports.layout import painter, printable, wrap
from pipeline.reports.terminal import named
from pipeline.reports.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from pipeline.rules.rule import Rule, Words

INDENT: Final = "  "
_ITEM = re.compile(r"\n(?=- )")


def find_rule(name: str, rules: Mapping[str, Rule]) -> Rule:
    """Give the rule called ``links/broken``, or ``broken`` where only one family has that."""
    found = [rule for rule in rules.values() if name in {rule.name, _short(rule)}]
    if len(found) == 1:
        return found[0]
    from pipeline.rules.nearest import nearest  # noqa: PLC0415 - only when something is wrong

    short = {_short(rule): rule.name for rule in rules.values()}
    names = [rule.name for rule in found] or nearest(name, rules) or [short[each] for each in nearest(name, short)]
    shown = printable(name)
    raise UserError(
        nl=f"Er is geen regel “{shown}”. {did_you_mean(names, 'nl')}".strip(),
        en=f"There is no rule “{shown}”. {did_you_mean(names, 'en')}".strip(),
    )


def write_rule(rule: Rule, stream: TextIO, *, language: str, width: int, colour: bool) -> None:
    """Write a rule's page: name, severity, what it says, and its manual."""
    paint = painter(colour=colour)
    stream.writelines(f"{line}\n" for line in named(rule.name, rule.severity, language, width, paint, first=""))
    for title, words in (
        (Text(nl="Wat de regel zegt", en="What the rule says"), rule.messages),
        (Text(nl="Wat je kunt doen", en="What you can do"), rule.helps),
    ):
        stream.write(f"\n{paint(title.in_language(language), bold=True)}\n")
        for text in _templates(words, language):
            stream.writelines(f"{line}\n" for line in wrap(text, width, first=INDENT, rest=INDENT))
    stream.write(f"\n{paint(Text(nl='Uitleg (Engels)', en='Explanation').in_language(language), bold=True)}\n")
    stream.write("\n".join(_prose(rule.page, width)) + "\n")


def write_rules(rules: Mapping[str, Rule], stream: TextIO, *, language: str, width: int, colour: bool) -> None:
    """Write a list of all rules by family, each with its severity and first sentence."""
    paint = painter(colour=colour)
    blocks: list[str] = []
    for family, members in groupby(rules.values(), lambda rule: rule.name.partition("/")[0]):
        lines = list(wrap(_about(family), width, first=f"{family}: ", rest=INDENT))
        lines[0] = paint(family, bold=True) + lines[0].removeprefix(family)
        for rule in members:
            lines += named(rule.name, rule.severity, language, width, paint, first=INDENT)
            lines += wrap(" ".join(rule.page.partition("\n\n")[0].split()), width, first=INDENT * 2, rest=INDENT * 2)
        blocks.append("\n".join(lines))
    stream.write("\n\n".join(blocks) + "\n")


class _Dots(dict[str, str]):
    """Stands for every parameter of a template."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _templates(words: Words, language: str) -> Iterator[str]:
    texts = [words] if isinstance(words, Text) else words.values()
    filled = dict.fromkeys(text.in_language(language).format_map(_Dots()) for text in texts)
    yield from (text for text in filled if text.strip("… ."))


def _about(family: str) -> str:
    """Give the first sentence of a family's own docstring."""
    page = inspect.getdoc(import_module(f"pipeline.rules.{family}")) or ""
    return " ".join(page.partition("\n\n")[0].split())


def _prose(page: str, width: int) -> Iterator[str]:
    """Wrap a docstring: paragraphs and lists; examples, which are indented, stay as they are."""
    for number, paragraph in enumerate(page.replace("``", "`").split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith(" "):
            yield from (INDENT + line for line in paragraph.split("\n"))
            continue
        for item in _ITEM.split(paragraph):
            rest = INDENT * 2 if item.startswith("- ") else INDENT
            yield from wrap(" ".join(item.split()), width, first=INDENT, rest=rest)


def _short(rule: Rule) -> str:
    return rule.name.partition("/")[2]
