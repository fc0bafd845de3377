"""A proposal as an entry: made of answers, written, and checked with the rules before anyone sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.parse import parse_document
from pipeline.errors import UserError
from pipeline.exports.addresses import Addresses
from pipeline.findings import Severity
from pipeline.model.codes import next_code, path_of, taken_codes
from pipeline.model.form import shape
from pipeline.model.load import entries_of
from pipeline.model.skeleton import quoted
from pipeline.reports.markdown import code as as_code
from pipeline.reports.markdown import plain
from pipeline.reports.report import Report
from pipeline.reports.words import words_of
from pipeline.sync.answers import Problem, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from pipeline.findings import Finding
    from pipeline.fixing.overlay import Checked
    from pipeline.model.kinds import Kind, ReferenceField
    from pipeline.sync.answers import Given, Value
    from pipeline.sync.forms import IssueForm

    Recheck = Callable[[Mapping[str, str | None]], Checked]

_MISSING: Final = "schema/missing-field"
_PLACEHOLDER: Final = re.compile("\ue000([0-9]+)\ue001")
_QUOTED: Final = re.compile("“(\ue000[0-9]+\ue001)”")


class Origin(NamedTuple):
    """Where a proposal comes from: the address of the issue, and the day on which it was opened."""

    address: str
    day: str


class Kept(NamedTuple):
    """The file that a proposal has already."""

    path: str
    text: str


class Draft(NamedTuple):
    """An entry that may be proposed; ``todo`` is what is not finished yet, in Markdown."""

    kind: Kind
    id: str
    title: str
    path: str
    text: str
    todo: tuple[str, ...] = ()


class Drafter:
    """Makes drafts for one framework; ``checked`` is what it is now, ``recheck`` what it would be."""

    def __init__(self, checked: Checked, recheck: Recheck) -> None:
        """Keep the framework."""
        self._framework = checked.framework
        self._known = {finding.fingerprint for finding in checked.findings}
        self._recheck = recheck

    def draft(
        self,
        form: IssueForm,
        given: Given,
        origin: Origin,
        *,
        kept: Kept | None = None,
        reserved: Collection[str] = (),
    ) -> Draft | tuple[Problem, ...]:
        """Make an entry of what was filled in, or tell what keeps it from being one.

        ``kept`` is the file that an earlier version of the same proposal has: its name and code stay.
        ``reserved`` are ids that other proposals took.
        """
        if given.problems:
            return given.problems
        kind = form.kind
        fields = {**self._resolved(form, given.fields), **filled(form, given.fields, origin)}
        title = str(fields.get(kind.means.get("title") or kind.means.get("term", ""), ""))
        try:
            path, code = self._place(form, fields, title, kept, reserved)
        except UserError as error:
            return (Problem("", plain(error.text.nl)),)
        if kind.identity.where == "field":
            fields[kind.identity.field] = kind.identity.id_of(code)
        text = written(kind, fields, given.sections)
        return self._checked(form, Draft(kind, kind.identity.id_of(code), title, path, text))

    def _place(
        self, form: IssueForm, fields: Mapping[str, Value], title: str, kept: Kept | None, reserved: Collection[str]
    ) -> tuple[str, str]:
        """Give the file and the code: those that the proposal has, or the next that are free."""
        kind, framework = form.kind, self._framework
        if kept and kind.files.hold(kept.path) and kept.path not in framework.files:
            code = code_in(kind, kept)
            if code and code not in taken_codes(framework, kind):
                return kept.path, code
        codes = {match["code"] for id_ in reserved if (match := kind.id_pattern.fullmatch(id_))}
        prefix = self._prefix(form, fields)
        code = next_code(framework, kind, title, prefix=prefix, reserved=codes)
        return path_of(kind, code, title), code

    def _prefix(self, form: IssueForm, fields: Mapping[str, Value]) -> str:
        """Give the code of the entry that a new code begins with."""
        spec = form.kind.reference_in(form.form.prefix) if form.form.prefix else None
        value = fields.get(form.form.prefix, "")
        name = value[0] if isinstance(value, tuple) else str(value)
        found = self._framework.index.find(name, spec) if spec else None
        return found.code if found else ""

    def _resolved(self, form: IssueForm, fields: Mapping[str, Value]) -> dict[str, Value]:
        """Write references as the schema wants them, also where somebody wrote a code or an address."""
        made = dict(fields)
        for item in form.items:
            spec, value = item.reference, fields.get(item.name, "")
            if spec is None or spec.vocabulary or not value:
                continue
            if isinstance(value, tuple):
                made[item.name] = tuple(dict.fromkeys(self._named(word, spec) for word in value))
            else:
                made[item.name] = self._named(str(value), spec)
        return made

    def _named(self, word: str, spec: ReferenceField) -> str:
        framework = self._framework
        if framework.index.find(word, spec):
            return word
        entries = [entry for kind in spec.to for entry in framework.index.of_kind(kind)]
        site = framework.settings.site.url
        if site and word.startswith(site):
            places = Addresses(framework)
            meant = [each for each in entries if (place := places.entry(each)) and place.pretty(site) == word]
        else:
            meant = [each for each in entries if word.casefold() in {each.code.casefold(), each.id.casefold()}]
        if len(meant) != 1:
            return word
        return meant[0].id if spec.by == "id" else meant[0].code

    def _checked(self, form: IssueForm, draft: Draft) -> Draft | tuple[Problem, ...]:
        """Hold the entry against the rules, in the framework as it would be."""
        found = [each for each in self._recheck({draft.path: draft.text}).findings if self._is_new(each)]
        errors = [each for each in found if each.severity is Severity.ERROR]
        if errors:
            return tuple(dict.fromkeys(_problem(form, draft, each) for each in errors))
        loose = [each for each in found if each.path == draft.path and each.severity is Severity.WARNING]
        return draft._replace(todo=listed([_problem(form, draft, each) for each in loose]))

    def _is_new(self, finding: Finding) -> bool:
        return finding.fingerprint not in self._known


def filled(form: IssueForm, given: Mapping[str, Value], origin: Origin) -> dict[str, Value]:
    """Give the fields that nobody is asked for: status, origin, day and what the schema fills in."""
    kind = form.kind
    made: dict[str, Value] = dict(form.form.filled)
    if form.form.day:
        made[form.form.day] = origin.day
    if status := kind.means.get("status"):
        schema = kind.properties[status]
        made[status] = str(schema.get("default") or next(iter(schema.get("enum", ("",)))))
    if name := kind.means.get("origin"):
        before = given.get(name, ())
        words = before if isinstance(before, tuple) else (str(before),)
        many = shape(kind.properties[name]) == "strings"
        made[name] = tuple(dict.fromkeys((*words, origin.address))) if many else str(before or origin.address)
    return made


def written(kind: Kind, fields: Mapping[str, Value], sections: Mapping[str, str]) -> str:
    """Write an entry: fields in the order of the schema, then the sections that have a text."""
    head = "".join(line for name in kind.properties if name in fields for line in _field(name, fields[name]))
    parts = []
    for section in kind.sections:
        text = sections.get(section.heading, "")
        if text:
            parts.append(f"{'#' * section.level} {section.heading}\n\n{text}" if section.heading else text)
    body = "".join(f"\n{part}\n" for part in parts)
    return f"---\n{head}---\n{body}"


def _field(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, tuple):
        yield f"{name}:\n"
        yield from (f"  - {quoted(item)}\n" for item in value)
    else:
        yield f"{name}: {value if isinstance(value, int) else quoted(value)}\n"


def code_in(kind: Kind, kept: Kept) -> str:
    """Give the code of the entry in a file; nothing where there is none of the kind."""
    markdown = kind.markdown
    document = parse_document(
        kept.path, kept.text.encode(), layout="document", dialect=markdown.dialect, slugs=markdown.slugs
    )
    entry = next(entries_of(document, kind), None)
    return entry.code if entry and kind.code_pattern.fullmatch(entry.code) else ""


def _problem(form: IssueForm, draft: Draft, finding: Finding) -> Problem:
    """Tell a finding to whoever filled in the form, who knows questions and not fields."""
    label = _label(form, draft, finding)
    if finding.rule == _MISSING and label:
        item = next(each for each in form.items if each.label == label)
        return Problem(label, missing(item))
    names = {item.name: item.label for item in form.items}
    return Problem(label, sentence(finding, names))


def _label(form: IssueForm, draft: Draft, finding: Finding) -> str:
    """Give the question that a finding is about; nothing where it is about the whole."""
    if finding.path != draft.path:
        return ""
    name = finding.problem.field.partition(".")[0]
    headings = _headings(form, draft.text, finding.problem.location.start)
    for item in form.items:
        if (name and item.name == name) or (not name and not item.name and item.question.section == headings):
            return item.label
    return ""


def _headings(form: IssueForm, text: str, place: int) -> str | None:
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
        shown.append(plain(f"“{names[text]}”") if text in names else as_code(text))
        return f"\ue000{len(shown) - 1}\ue001"

    words = words_of(finding, Report(language="nl"), show)
    ours = plain(" ".join(filter(None, (words.message, words.hint, words.help))))
    return _PLACEHOLDER.sub(lambda match: shown[int(match[1])], _QUOTED.sub(r"\1", ours))


def _todo(label: str, words: str) -> str:
    return f"**{plain(label)}**: {words}" if label else words


def listed(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Write problems in Markdown, each with the question it is about."""
    return tuple(dict.fromkeys(_todo(problem.label, problem.sentence) for problem in problems))
