"""Which labels belong to an entry, and which of those on GitHub are ours to change.

Names, colours and descriptions are data (``.github/labels.yml``, `pipeline.sync.read_labels`).
A label that is not made from that file is somebody else's: nothing here adds it or takes it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.model.framework import names_of
from pipeline.reports.layout import cut
from pipeline.text import UNSHOWABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pipeline.findings import Finding, Severity
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind, ReferenceField

LONGEST_NAME: Final = 50
LONGEST_DESCRIPTION: Final = 100
"""Most characters that GitHub takes."""


class Label(NamedTuple):
    """A label as it should be on GitHub; ``color`` is six hexadecimal digits."""

    name: str
    color: str
    description: str


class Pattern(NamedTuple):
    """A family of labels that begin alike; ``{label}`` in the description is what people call it."""

    prefix: str
    color: str
    description: str

    def of(self, key: str, label: str) -> Label:
        """Give the label of one member: ``key`` is its short, lasting name."""
        name = cut(self.prefix + _clean(key), LONGEST_NAME)
        room = LONGEST_DESCRIPTION - len(self.description.replace("{label}", ""))
        return Label(name, self.color, self.description.replace("{label}", cut(_clean(label), room)))


class Labels(NamedTuple):
    """What ``labels.yml`` says. ``fixed`` are labels by the name that the program asks for."""

    fixed: Mapping[str, Label]
    severities: Mapping[Severity, Label]
    kinds: Pattern
    themes: Pattern

    def sorts(self, name: str) -> bool:
        """Whether a label sorts by severity, kind or theme: those are ours to take away again."""
        name = name.casefold()
        mine = [label.name.casefold() for label in self.severities.values()]
        prefixes = (self.kinds.prefix.casefold(), self.themes.prefix.casefold())
        return name in mine or name.startswith(prefixes)

    def of_severity(self, findings: Iterable[Finding]) -> tuple[Label, ...]:
        """Give the label of the worst finding; none where that severity has none."""
        worst = max((finding.severity for finding in findings), default=None)
        return (self.severities[worst],) if worst is not None and worst in self.severities else ()

    def of_kind(self, kind: Kind) -> Label:
        """Give the label of a kind."""
        return self.kinds.of(kind.name, kind.noun.nl)

    def of_entry(self, framework: Framework, entry: Entry) -> tuple[Label, ...]:
        """Give the labels of an entry: its kind, then its themes in reading order."""
        themes = (self.themes.of(theme_key(framework, theme), theme.title) for theme in themes_of(framework, entry))
        return tuple(dict.fromkeys((self.of_kind(entry.kind), *themes)))

    def known(self, framework: Framework) -> Mapping[str, Label]:
        """Give all labels that entries of a framework may have, by name."""
        kinds = map(self.of_kind, framework.kinds.values())
        names = {name for _, spec in _theme_fields(framework) for name in spec.to}
        themes = (entry for entry in framework.entries if entry.kind.name in names)
        made = (self.themes.of(theme_key(framework, theme), theme.title) for theme in themes)
        return {label.name: label for label in (*kinds, *made)}


class Difference(NamedTuple):
    """Names of labels to hang on and to take off, in order."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


def difference(labels: Labels, present: Collection[str], wanted: Iterable[str]) -> Difference:
    """Compare the labels that are there with those that sort it now; GitHub does not mind capitals."""
    there = {name.casefold() for name in present}
    names = list(dict.fromkeys(wanted))
    kept = {name.casefold() for name in names}
    return Difference(
        add=tuple(name for name in names if name.casefold() not in there),
        remove=tuple(sorted(name for name in present if name.casefold() not in kept and labels.sorts(name))),
    )


def themes_of(framework: Framework, entry: Entry) -> tuple[Entry, ...]:
    """Give the themes that an entry names in the field with that meaning; a theme is its own."""
    field = entry.kind.means.get("theme")
    found = [
        each.target
        for each in framework.outgoing(entry)
        if field and each.path[:1] == (field,) and each.target is not None and not each.target.is_gone
    ]
    is_theme = any(entry.kind.name in spec.to for _, spec in _theme_fields(framework))
    return tuple(dict.fromkeys([*([entry] if is_theme else []), *found]))


def theme_key(framework: Framework, theme: Entry) -> str:
    """Give the name by which entries refer to a theme, as editors know it."""
    specs = (spec for _, spec in _theme_fields(framework) if theme.kind.name in spec.to)
    names = (name for spec in specs for name in names_of(theme, spec.by))
    return next(names, theme.code)


def _theme_fields(framework: Framework) -> Iterator[tuple[Kind, ReferenceField]]:
    for kind in framework.kinds.values():
        field = kind.means.get("theme")
        spec = kind.reference_in(field) if field else None
        if spec is not None:
            yield kind, spec


def _clean(words: str) -> str:
    """Make one line of contributed text, without what has a meaning in a list or an address of GitHub."""
    return " ".join(UNSHOWABLE.sub(" ", words.replace(",", " ").replace("/", "-")).split()) or "?"
