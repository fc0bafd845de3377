"""What whoever gives a review its words knows of it from elsewhere, and how it shows places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Text
from pipeline.reports.markdown import code, link, on_github
from pipeline.reports.review.words import Words
from pipeline.rules.registry import rules
from pipeline.rules.words import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.kinds import Schemas

LINE: Final = Text(nl="regel {line}", en="line {line}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The words, and what the checked files themselves do not decide on.

    ``kinds`` and ``measures`` are labels by name, of schemas that can be trusted. ``root`` leads from
    the top of the repository to where paths start. ``repository`` and ``branch`` say where a person can
    edit the files, but for those that are ``gone``; ``run`` is the address of the run that checked
    (empty: unknown). ``checker`` are the files of the check itself that the change touches; with
    ``unseen`` there may be more, for GitHub lists no more files. ``finished`` tells whether the run
    ended as its findings say.
    """

    words: Words
    kinds: Mapping[str, Text] = field(default_factory=dict)
    measures: Mapping[str, Text] = field(default_factory=dict)
    root: str = ""
    repository: str = ""
    branch: str = ""
    gone: frozenset[str] = frozenset()
    run: str = ""
    checker: tuple[str, ...] = ()
    unseen: bool = False
    finished: bool = True

    def place(self, path: str, line: int) -> str:
        """Show a line of a file, with a link that opens it in GitHub's editor where that is known."""
        label = f"{code(path)}, {self.words.say(LINE, line=line)}"
        full = self.root + path
        if not self.repository or full in self.gone or not _is_plain(full):
            return label
        return link(label, on_github(self.repository, "edit", self.branch, full, fragment=f"L{line}"))


def around_of(schemas: Schemas | None, language: str, *, root: str = "") -> Around:
    """Give the words of our rules and of schemas; the rest is for those who know of a pull request."""
    if schemas is None:
        return Around(words=Words(rules(), language), root=root)
    words = Words(rules(), language, labels_of(schemas), sentences_of(schemas))
    kinds = {name: kind.noun for name, kind in schemas.kinds.items()}
    measures = {measure.name: measure.label for measure in schemas.settings.demands.coverage}
    return Around(words=words, kinds=kinds, measures=measures, root=root)


def labels_of(schemas: Schemas) -> frozenset[str]:
    """Give the words of schemas that may stand in a sentence: names of kinds and fields."""
    found = [text for kind in schemas.kinds.values() for text in (kind.one, kind.many, one_of([kind.noun]))]
    found += [kind.label(name) for kind in schemas.kinds.values() for name in kind.properties]
    found += [need.text for measure in schemas.settings.demands.coverage for need in measure.needs]
    found += [text.lowered() for text in found]
    return frozenset(word for text in found for word in (text.nl, text.en))


def sentences_of(schemas: Schemas) -> frozenset[str]:
    """Give the sentences of schemas that may stand beside ours: what fields and measures are for."""
    measures = (measure.label for measure in schemas.settings.demands.coverage)
    found = {word for text in measures for word in (text.nl, text.en)}
    for kind in schemas.kinds.values():
        found.update(_descriptions(kind.schema))
    return frozenset(words for words in found if " " in words)


def _descriptions(schema: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(schema, Mapping):
        words = schema.get("description")
        if isinstance(words, str):
            yield words
    parts = schema.values() if isinstance(schema, Mapping) else schema if isinstance(schema, list) else ()
    for part in parts:
        yield from _descriptions(part)


def _is_plain(path: str) -> bool:
    """Whether an address with this path leads to this path: no step in it goes up."""
    steps = path.split("/")
    return path.isprintable() and "\\" not in path and not any(step in {"", ".", ".."} for step in steps)
