"""Words of findings, and of contributors, for an issue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.reports.layout import cut
from pipeline.reports.markdown import code, plain
from pipeline.reports.words import words_of
from pipeline.text import visible

if TYPE_CHECKING:
    from pipeline.findings import Finding
    from pipeline.reports.report import Report
    from pipeline.reports.words import Words

LONGEST_TITLE: Final = 200
"""Most characters of a title; GitHub takes 256."""

# Stand for contributed text while our own words are made plain. Words of ours have no such sign.
_OPEN, _CLOSE = "\ue000", "\ue001"
_HELD = re.compile(f"“?{_OPEN}([0-9]+){_CLOSE}”?")

# What GitHub or a mail program may make a mention, a reference or a link of; and code.
_STEERING = re.compile(r"[@#](?=\w)|(?<![A-Za-z0-9])(?i:GH)-(?=\d)|://")


def in_markdown(finding: Finding, report: Report) -> Words:
    """Give a finding its words: ours as they are, and what contributors wrote as code."""
    held: list[str] = []

    def hold(text: str) -> str:
        held.append(text)
        return f"{_OPEN}{len(held) - 1}{_CLOSE}"

    def release(text: str) -> str:
        # The quotation marks of a message are not needed around code.
        return _HELD.sub(lambda match: code(held[int(match[1])]), plain(" ".join(text.split())))

    words = words_of(finding, report, hold)
    return type(words)(message=release(words.message), hint=release(words.hint), help=release(words.help))


def in_title(text: str) -> str:
    """Show contributed text in a title: on one line, and nothing that calls or leads anywhere."""
    words = visible(cut(" ".join(text.split()), LONGEST_TITLE)).replace("`", "'")
    safe = _STEERING.sub(lambda match: f"{match[0]} " if match[0] != "://" else ": //", words)
    return cut(safe, LONGEST_TITLE)
