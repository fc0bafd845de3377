"""A proposal as an entry: made of answers, written, and checked with the rules before anyone sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.documents.parse import parse_document
from pipeline.errors import UserError
from pipeline.exports.addresses import Addresses
from pipeline.findings import Severity
from pipeline.model.codes import next_code, path_of, taken_codes
from pipeline.model.load import entries_of
from pipeline.reports.markdown import plain
from pipeline.sync.proposals.answers import Problem
from pipeline.sync.proposals.entry import filled, written
from pipeline.sync.proposals.telling import listed, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pipeline.findings import Finding
    from pipeline.fixing.overlay import Checked
    from pipeline.model.kinds import Kind, ReferenceField
    from pipeline.sync.proposals.answers import Given, Value
    from pipeline.sync.proposals.entry import Origin
    from pipeline.sync.proposals.forms import IssueForm

    Recheck = Callable[[Mapping[str, str | None]], Checked]


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
            return tuple(dict.fromkeys(problem(form, draft.path, draft.text, each) for each in errors))
        loose = [each for each in found if each.path == draft.path and each.severity is Severity.WARNING]
        return draft._replace(todo=listed([problem(form, draft.path, draft.text, each) for each in loose]))

    def _is_new(self, finding: Finding) -> bool:
        return finding.fingerprint not in self._known


def code_in(kind: Kind, kept: Kept) -> str:
    """Give the code of the entry in a file; nothing where there is none of the kind."""
    markdown = kind.markdown
    document = parse_document(
        kept.path, kept.text.encode(), layout="document", dialect=markdown.dialect, slugs=markdown.slugs
    )
    entry = next(entries_of(document, kind), None)
    return entry.code if entry and kind.code_pattern.fullmatch(entry.code) else ""
