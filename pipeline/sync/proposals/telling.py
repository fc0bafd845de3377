"""Findings told to whoever filled in a form, who knows questions and not fields or lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.reports.markdown import code, plain
from pipeline.reports.report import Report
from pipeline.reports.words import words_of
from pipeline.sync.proposals.answers import Problem, missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.findings import Finding
    from pipeline.sync.proposals.forms import IssueForm

_MISSING: Final = "schema/missing-field"
_PLACEHOLDER: Final = re.compile("\ue000([0-9]+)\ue001")
_QUOTED: Final = re.compile("“(\ue000[0-9]+\ue001)”")


def problem(form: IssueForm, path: str, text: str, finding: Finding) -> Problem:
    """Tell a finding; ``path`` and ``text`` are the file that was made of the answers."""
    label = _label(form, path, text, finding)
    if finding.rule == _MISSING and label:
        item = next(each for each in form.items if each.label == label)
        return Problem(label, missing(item))
    names = {item.name: item.label for item in form.items}
    return Problem(label, sentence(finding, names))


def _label(form: IssueForm, path: str, text: str, finding: Finding) -> str:
    """Give the question that a finding is about; nothing where it is about the whole."""
    if finding.path != path:
        return ""
    name = finding.problem.field.partition(".")[0]
    heading = _heading(form, text, finding.problem.location.start)
    for item in form.items:
        if (name and item.name == name) or (not name and not item.name and item.question.section == heading):
            return item.label
    return ""


def _heading(form: IssueForm, text: str, place: int) -> str | None:
    """Give the heading of the section that a place is in; nothing where it is among the fields."""
    end = text.find("\n---\n", 3)
    if place <= end:
        return None
    lines = text[end : text.find("\n", place)].split("\n")
    marks = {f"{'#' * section.level} {section.heading}": section.heading for section in form.kind.sections}
    return next((marks[line] for line in reversed(lines) if line in marks), "")


def sentence(finding: Finding, names: Mapping[str, str]) -> str:
    """Write in Markdown what a finding says: our words as text, what somebody else wrote as code.

    ``names`` are what fields are called on the form.
    """
    shown: list[str] = []

    def show(text: str) -> str:
        shown.append(plain(f"“{names[text]}”") if text in names else code(text))
        return f"\ue000{len(shown) - 1}\ue001"

    words = words_of(finding, Report(language="nl"), show)
    ours = plain(" ".join(filter(None, (words.message, words.hint, words.help))))
    return _PLACEHOLDER.sub(lambda match: shown[int(match[1])], _QUOTED.sub(r"\1", ours))


def _line(label: str, words: str) -> str:
    return f"**{plain(label)}**: {words}" if label else words


def listed(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Write problems in Markdown, each with the question it is about."""
    return tuple(dict.fromkeys(_line(problem.label, problem.sentence) for problem in problems))
