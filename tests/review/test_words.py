"""The words of rules in Markdown: whatever a rule says can be said, and whatever fills it is code."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.reports.review.values import Told
from pipeline.reports.review.words import Sentences, Words
from pipeline.rules.registry import rules
from pipeline.rules.rule import Rule

if TYPE_CHECKING:
    from pipeline.findings import Parameter

EVERY = [
    (name, variant)
    for name, rule in rules().items()
    for variant in sorted(
        {v for words in (rule.messages, rule.helps) if not isinstance(words, Text) for v in words} or {""}
    )
]


class Anything(defaultdict[str, str]):
    """Parameters that hold whatever is asked for."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>@x `y`"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_rule_can_speak(language: str) -> None:
    words = Words(rules(), language)
    for name, variant in EVERY:
        said = words.of(Told(name, Severity.ERROR, "a.md", variant=variant, parameters=Anything()))
        if said is None:
            assert variant == ""  # a rule may have no other message than those of its variants
            continue
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"{said.message} {said.advice}")
        leaves = [leaf for token in tokens for leaf in token.children or []]
        assert {leaf.type for leaf in leaves} <= {"text", "code_inline"}, (name, variant)
        text = " ".join(leaf.content for leaf in leaves if leaf.type == "text")
        assert not re.search(r"@\w|#\d|https?:|www\.", text), (name, variant)


def rule(message: str, help_: str = "Verbeter dit.") -> dict[str, Rule]:
    return {"a/b": Rule(severity=Severity.ERROR, messages=Text(nl=message, en=message), helps=Text(nl=help_, en=help_))}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Er is geen “{key}”.", "Er is geen `x`."),
        ('Schrijf "{key}".', "Schrijf `x`."),
        ("Er is geen {key}.", "Er is geen `x`."),
        ("Er is geen kopje “#{key}”.", "Er is geen kopje `#x`."),
        ("Schrijf `{key}`.", "Schrijf `x`."),
        ("Zet er `…` omheen.", "Zet er `…` omheen."),
        ("De opdracht <!-- {key} -->.", r"De opdracht \<\!\-\- `x` \-\->."),
        ("Schrijf {{{key}:{count}}}.", r"Schrijf \{`x`:3\}."),
        ("Schrijf https:// ervoor.", "Schrijf `https://` ervoor."),
        ("Zoals naam@organisatie.nl.", "Zoals `naam@organisatie.nl`."),
        ("Kies {names}.", "Kies `p`, `q` of `r`."),
        ("Een {known} of een {other}.", "Een vereiste of een `ander ding`."),
        ("Dit is {some}.", "Dit is vereiste of maatregel."),
    ],
)
def test_how_a_template_is_filled(template: str, expected: str) -> None:
    parameters: dict[str, Parameter] = {
        "key": "x",
        "count": 3,
        "names": ("p", "q", "r"),
        "known": Text(nl="vereiste", en="requirement"),
        "some": Text(nl="vereiste of maatregel", en="requirement or measure"),
        "other": Text(nl="ander ding", en="other thing"),
    }
    words = Words(rule(template), "nl", labels={"vereiste", "maatregel"})
    told = Told("a/b", Severity.ERROR, "a.md", parameters=parameters)
    assert words.of(told) == Sentences(expected.replace(r"\-\->", r"\-\-\>"), "Verbeter dit.")


def test_what_was_meant_comes_before_what_to_do() -> None:
    told = Told("a/b", Severity.ERROR, "a.md", parameters={"suggestions": ("p", "q")})
    assert Words(rule("Fout."), "nl").of(told) == Sentences("Fout.", "Bedoel je `p` of `q`? Verbeter dit.")
    assert Words(rule("Wrong."), "en").of(told) == Sentences("Wrong.", "Did you mean `p` or `q`? Verbeter dit.")


def test_sentences_of_our_own_schemas_stand_among_ours() -> None:
    words = Words(rule("Het veld “{key}”: {meaning}"), "nl", sentences={"Welk artikel?"})
    told = Told("a/b", Severity.ERROR, "a.md", parameters={"key": "x", "meaning": "Welk artikel?"})
    assert words.of(told) == Sentences("Het veld `x`: Welk artikel?", "Verbeter dit.")
