"""Findings as tasks in an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.reports.markdown import code
from pipeline.reports.words import severity_word
from pipeline.sync.issues.draft import Item
from pipeline.sync.issues.wording import in_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Finding
    from pipeline.sync.issues.scene import Scene
    from pipeline.sync.issues.subjects import Subject
    from pipeline.text import Location

RELATED: Final = 3
"""Most other places that are named with a finding."""

_LINE: Final = Text(nl="regel", en="line")
_OF: Final = Text(nl="van", en="of")
_SEE: Final = Text(nl="Zie ook", en="See also")
_RULE: Final = Text(nl="Controleregel", en="Rule")
_MENDED: Final = Text(
    nl="Dit kan het programma zelf oplossen: `kader check --fix`.",
    en="The program can mend this by itself: `kader check --fix`.",
)


def items(subject: Subject, scene: Scene) -> Iterator[Item]:
    """Give the findings of a subject, the worst first; help that was given before is not repeated."""
    said: set[str] = set()
    for finding in subject.findings:
        yield Item(_item(finding, subject, scene, said), finding.fingerprint)


def _item(finding: Finding, subject: Subject, scene: Scene, said: set[str]) -> str:
    """Tell one finding: what and where, then why and how."""
    words, problem = in_markdown(finding, scene.report), finding.problem
    severity = severity_word(finding.severity, scene.language).capitalize()
    where = _place(problem.location, subject, scene)
    lines = [f"- [ ] **{severity}** ({where}): {words.message} <!-- {finding.fingerprint} -->"]
    lines.append(" ".join(filter(None, (words.hint, words.help if words.help not in said else ""))))
    said.add(words.help)
    if problem.fix and problem.fix.safe:
        lines.append(scene.say(_MENDED))
    if problem.related:
        others = (_place(each, subject, scene) for each in problem.related[:RELATED])
        lines.append(f"{scene.say(_SEE)}: {', '.join(others)}.")
    lines.append(f"{scene.say(_RULE)}: {code(finding.rule)}")
    return "\n  ".join(filter(None, lines))


def _place(location: Location, subject: Subject, scene: Scene) -> str:
    """Link to a line, and name its file where that is not the subject's own."""
    line, path = scene.places.line(location, scene.say(_LINE)), location.source.path
    return line if path == subject.path else f"{line} {scene.say(_OF)} {code(path)}"
