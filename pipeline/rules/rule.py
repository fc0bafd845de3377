"""What a rule is made of.

A rule is one module in the folder of its family: a docstring that is its manual page, and
one name, ``check``, made by one of six functions here:

- `document_rule`: looks at one document (pure, so that documents can be checked apart);
- `nearby_rule`: looks at each document with what that names and leads to, so that it can be asked
  about a few of them (`pipeline.recheck`);
- `framework_rule`: looks at all entries together;
- `violation_rule`: explains errors of one JSON Schema keyword;
- `parser_rule`: gives words to a flaw that the parser met (a ``Flaw`` of that name);
- `answer_rule`: judges what a website answered when it was asked for an address. No check
  runs these but ``kader links``.

Its name is its place: ``links/broken_anchor.py`` is ``links/broken-anchor``. Messages are
templates over a problem's parameters, in Dutch and English; a rule with several messages
gives a mapping by ``Problem.variant``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import Text
from pipeline.findings import Problem

if TYPE_CHECKING:
    from pipeline.documents.document import Document
    from pipeline.findings import Severity
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.links.outside import Answered
    from pipeline.rules.schema.violations import Violation

Words = Text | Mapping[str, Text]
DocumentCheck = Callable[["Document", "Kind"], Iterator[Problem]]
FrameworkCheck = Callable[["Framework"], Iterator[Problem]]
ViolationCheck = Callable[["Violation"], Iterator[Problem]]
AnswerCheck = Callable[["Answered"], Iterator[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its words, its severity and how it looks.

    ``name`` and ``page`` are stamped by the registry. Most often just one of ``document``,
    ``nearby``, ``framework``, ``violation`` and ``answer`` is given, or none for a flaw of the parser.
    Of one with ``nearby`` as well as ``framework``, the latter finds the ``compared`` variants. One
    that ``needs_base`` finds something only beside an earlier revision. A notice of one that
    ``worsens_when_new`` is a warning where that revision did not have it.
    """

    severity: Severity
    messages: Words
    helps: Words
    name: str = ""
    page: str = ""
    document: DocumentCheck | None = None
    nearby: FrameworkCheck | None = None
    framework: FrameworkCheck | None = None
    compared: frozenset[str] = frozenset()
    violation: ViolationCheck | None = None
    answer: AnswerCheck | None = None
    keywords: tuple[str, ...] = ()
    needs_base: bool = False
    worsens_when_new: bool = False

    @property
    def asked(self) -> bool:
        """Whether each check asks it, so that silence means that nothing is wrong."""
        return self.answer is None and not self.needs_base

    def is_wide(self, problem: Problem) -> bool:
        """Whether a problem of this rule was found by looking at all entries together."""
        return self.framework is not None and (self.nearby is None or problem.variant in self.compared)

    @property
    def told(self) -> Rule:
        """The same rule, that can tell but not look: its words, to be kept or sent."""
        return replace(self, document=None, nearby=None, framework=None, violation=None, answer=None)

    def message(self, problem: Problem) -> Text:
        """Give the template that says what is wrong."""
        return _variant(self.messages, problem)

    def help(self, problem: Problem) -> Text:
        """Give the template that says why it matters and what to do."""
        return _variant(self.helps, problem)


def _variant(words: Words, problem: Problem) -> Text:
    if isinstance(words, Text):
        return words
    return words[problem.variant] if problem.variant in words else words[""]


def document_rule(*, severity: Severity, message: Words, help: Words) -> Callable[[DocumentCheck], Rule]:  # noqa: A002
    """Make a rule of a function over one document and its kind."""
    return lambda check: Rule(severity=severity, messages=message, helps=help, document=check)


def nearby_rule(*, severity: Severity, message: Words, help: Words) -> Callable[[FrameworkCheck], Rule]:  # noqa: A002
    """Make a rule of a function over documents, each with what it names and leads to.

    It asks `Framework.documents`, `Framework.entries` and `Framework.references` for what is to be
    judged, and may look up anything else by its name; which names, `pipeline.recheck.cards` knows.
    """
    return lambda check: Rule(severity=severity, messages=message, helps=help, nearby=check)


def framework_rule(
    *,
    severity: Severity,
    message: Words,
    help: Words,  # noqa: A002
    needs_base: bool = False,
    worsens_when_new: bool = False,
) -> Callable[[FrameworkCheck], Rule]:
    """Make a rule of a function over the whole framework, and the earlier one it may be compared with."""
    return lambda check: Rule(
        severity=severity,
        messages=message,
        helps=help,
        framework=check,
        needs_base=needs_base,
        worsens_when_new=worsens_when_new,
    )


def violation_rule(
    *keywords: str,
    severity: Severity,
    message: Words,
    help: Words,  # noqa: A002
) -> Callable[[ViolationCheck], Rule]:
    """Make a rule of a function that explains a violation of these schema keywords."""
    return lambda check: Rule(severity=severity, messages=message, helps=help, violation=check, keywords=keywords)


def parser_rule(*, severity: Severity, message: Words, help: Words) -> Rule:  # noqa: A002
    """Make a rule for a flaw that the parser reports under this rule's name."""
    return Rule(severity=severity, messages=message, helps=help)


def answer_rule(*, severity: Severity, message: Words, help: Words) -> Callable[[AnswerCheck], Rule]:  # noqa: A002
    """Make a rule of a function over one external address and the answer to it."""
    return lambda check: Rule(severity=severity, messages=message, helps=help, answer=check)


def fill(template: str, parameters: Mapping[str, Any], language: str, show: Callable[[str], str] = str) -> str:
    """Fill a message's template; ``show`` escapes what contributors wrote."""
    values: dict[str, str] = {}
    for name, value in parameters.items():
        if isinstance(value, Text):
            values[name] = value.in_language(language)
        elif isinstance(value, tuple):
            values[name] = listed([show(item) for item in value], language)
        else:
            values[name] = str(value) if isinstance(value, int) else show(value)
    return template.format_map(values)


def listed(words: list[str], language: str) -> str:
    """Write ``a, b of c`` (Dutch) or ``a, b or c`` (English)."""
    joint = " of " if language == "nl" else " or "
    return joint.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
