"""What a change does to links whose address hides an article of law: those of all pages are compared.

`pipeline.rules.links.label_mismatch` tells a link apart whose address others give another name. Few
addresses have several names, so most often nothing comes of a change; else the links with that
address are compared anew, and no others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.rules.links.label_mismatch import (
    COMPARED,
    named_links,
    names_by_target,
    numbered,
    of_targets,
    right_name,
)
from pipeline.rules.links.resolve import leads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Problem
    from pipeline.model.framework import Framework
    from pipeline.recheck.change import Change
    from pipeline.recheck.register import Register
    from pipeline.rules.links.label_mismatch import Names

RULE: Final = "links/label-mismatch"


class Articles:
    """The addresses about whose links something else may be found after a change."""

    def __init__(self, change: Change, before: Register, after: Register) -> None:
        """Compare the names of all addresses, where those in the page are not what they were."""
        self.targets: frozenset[str] = frozenset()
        self._names: Names = {}
        old, new = (side.line.articles if side else () for side in (change.old, change.new))
        if old != new:
            self._compare(before, after, {target for target, _ in (*old, *new)})

    def _compare(self, before: Register, after: Register, touched: set[str]) -> None:
        old, new = (names_by_target(each.articles) for each in (before, after))
        several = {target for names in (old, new) for target, counted in names.items() if len(counted) > 1}
        changed = {target for target in touched if old.get(target) != new.get(target)}
        laws = {numbered(target)[0] for target in changed}
        around = {target for target in several - changed if numbered(target)[0] in laws}
        moved = {target for target in around if right_name(target, old) != right_name(target, new)}
        self.targets = frozenset({*(changed & several), *moved})
        self._names = new

    def asks_anew(self, finding: Finding, document: Document | None) -> bool:
        """Whether a finding in a document, as it was, is about such an address."""
        if finding.rule != RULE or finding.problem.variant != COMPARED or document is None or document.body is None:
            return False
        start = finding.problem.location.start
        return any(link.start == start and link.target in self.targets for link in document.body.links)

    def problems(self, framework: Framework) -> Iterator[Problem]:
        """Give what is found about those addresses now; all links that have them must be in the framework."""
        if self.targets:
            links = [(name, lead) for name, lead in named_links(leads(framework)) if lead.link.target in self.targets]
            yield from of_targets(links, self._names)
