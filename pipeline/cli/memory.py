"""A check that remembers the one before it.

What is kept has a key made of all that it depends on: the bytes of the files, the schemas
and this program. So nothing kept can be out of date, and nobody needs to look after it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

import pipeline
from pipeline.world.cache import cache_folder, open_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.model.load import Claim
    from pipeline.recheck.cards import Line
    from pipeline.rules.rule import Rule
    from pipeline.text import Source
    from pipeline.world.cache import Cache
    from pipeline.world.files import Snapshot

FEW: Final = 8
"""Most changed files for which the last outcome may still serve."""

MANY: Final = 200
"""Most lines that are kept beside the others."""

_PROGRAM: Final = (".py", ".json")


@dataclass(frozen=True, slots=True)
class Recalled:
    """The last outcome, the rules that tell it, and the files that changed since.

    ``changed`` has the digest of what a file held, or nothing where it was not there. Where there are
    any, ``files`` are the paths that there were, and ``lines`` what was known of each file with entries.
    """

    outcome: Outcome
    words: Mapping[str, Rule]
    changed: Mapping[str, bytes | None]
    files: frozenset[str] = frozenset()
    lines: Mapping[str, Line] = field(default_factory=dict)


class Memory:
    """What is kept of earlier checks of one root, with one set of schemas.

    ``setting`` is a digest of those schemas and of this program. What a check makes is
    written by `keep`, at its end: nobody needs to wait for that.
    """

    def __init__(self, cache: Cache, setting: str) -> None:
        """Use an open cache."""
        self._cache = cache
        self._setting = setting
        self._made: dict[str, Document] = {}
        self._used: list[str] = []
        self._former: list[str] = []
        self._lines: tuple[str, dict[str, Line | None]] = ("", {})

    def recall(self, tree: Snapshot, today: Callable[[], str]) -> Recalled | None:
        """Give the outcome of the last check and what has changed since; none where that is much.

        ``today`` is asked only where the outcome hangs on the day.
        """
        # Both at once: another process may write in between.
        found = self._cache.several([self._name("state"), self._name("outcome")])
        last, kept = found.get(self._name("state")), found.get(self._name("outcome"))
        if not isinstance(last, tuple) or not isinstance(kept, tuple):
            return None
        paths, digests, day, self._lines = last
        if day is not None and day != today():
            return None
        changed = {path: digest for path, digest in digests.items() if tree.digest(path) != digest}
        if paths != tree.list():
            changed.update(dict.fromkeys({*tree.list()}.difference(paths)))
            changed.update({path: digests.get(path) for path in {*paths}.difference(tree.list())})
        return self._recalled(tree, kept, changed, paths) if len(changed) <= FEW else None

    def _recalled(
        self, tree: Snapshot, kept: tuple[Any, ...], changed: Mapping[str, bytes | None], paths: Iterable[str]
    ) -> Recalled | None:
        lines = self._recalled_lines() if changed else {}
        if lines is None:
            return None
        outcome, words, sources = kept
        self._former = [self._key(path, digest) for path, digest in changed.items() if digest]
        for source in sources:
            text = self._text(tree, source.path, changed)
            if text is None:
                return None
            object.__setattr__(source, "text", text)  # it was kept without, and nobody has seen it yet
        return Recalled(outcome, words, changed, frozenset(paths), lines) if changed else Recalled(outcome, words, {})

    def _recalled_lines(self) -> dict[str, Line] | None:
        """Give the lines of all files; none where another process has kept others in the meantime."""
        sign, since = self._lines
        kept = self._cache.get(self._name("lines"))
        if not isinstance(kept, tuple) or kept[0] != sign:
            return None
        return {path: line for path, line in {**kept[1], **since}.items() if line is not None}

    def _text(self, tree: Snapshot, path: str, changed: Mapping[str, bytes | None]) -> str | None:
        """Give the text that a file had at the last check."""
        if path in changed:
            document = self.document(path, changed[path])
            return document.source.text if document else None
        try:
            return tree.read(path).decode()
        except (OSError, UnicodeDecodeError):
            return None

    def document(self, path: str, digest: bytes | None) -> Document | None:
        """Give the document that was made of a file when its content had this digest."""
        return self._cache.get(self._key(path, digest)) if digest else None

    def made(self, tree: Snapshot, document: Document) -> None:
        """Keep a document, when the time for it has come."""
        path = document.source.path
        self._made[self._key(path, tree.digest(path))] = document

    def mapped(
        self, tree: Snapshot, shared: Callable[..., Iterator[Document | None]]
    ) -> Callable[..., Iterator[Document | None]]:
        """Give what does the work of ``shared``, but only for files that are not known yet."""

        def run(work: Callable[[Claim], Document | None], claims: Sequence[Claim]) -> Iterator[Document | None]:
            keys = [self._key(path, tree.digest(path)) for path, _ in claims]
            known = {**self._cache.several(keys), **self._made}
            self._used = keys
            fresh = shared(work, [claim for key, claim in zip(keys, claims, strict=True) if key not in known])
            for key, (path, _) in zip(keys, claims, strict=True):
                document = known.get(key)
                if document is None:
                    document = next(fresh)
                    if document is not None:
                        self.made(tree, document)
                tree.release(path)
                yield document

        return run

    def keep(self, tree: Snapshot, outcome: Outcome, lines: Mapping[str, Line], changed: Iterable[str] | None) -> None:
        """Keep an outcome, and what was parsed for it.

        ``lines`` are what is known of each file with entries; where it is known which ``changed`` since they were
        recalled, only those are kept beside the others, as long as they are not many.
        """
        from pipeline.rules.registry import rules

        sign, since = self._lines
        anew = changed is None or len(since) > MANY
        self._lines = (
            (os.urandom(8).hex(), {})
            if anew
            else (sign, {**since, **{path: lines.get(path) for path in changed or ()}})
        )

        state, last, known = map(self._name, ("state", "outcome", "lines"))
        digests = {path: tree.digest(path) for path in tree.touched}
        words = {name: rules()[name].told for name in {finding.rule for finding in outcome.findings}}
        pointed_at = _sources((*outcome.findings, *outcome.hidden))
        # Of files without entries no document is kept, that would tell what they said.
        sources = [source for source in pointed_at if source.path in lines and _is_in_file(tree, source)]
        self._cache.keep(
            {
                **self._made,
                last: (outcome, words, sources),
                **({known: (self._lines[0], dict(lines))} if anew else {}),
                state: (tree.list(), digests, outcome.day, self._lines),
            },
            without_text={last: sources},
        )
        self._cache.forget(key for key in self._former if key not in self._made)
        if self._used:
            self._cache.forget_all_but([*self._used, state, last, known])

    def _name(self, what: str) -> str:
        return f"{what}:{self._setting}"

    def _key(self, path: str, digest: bytes) -> str:
        key = hashlib.sha256(f"{self._setting}\0{path}\0".encode(errors="surrogateescape"))
        key.update(digest)
        return key.hexdigest()


def open_memory(root: Path, schemas: Path, label: str) -> Memory | None:
    """Give the memory of a root; nothing where there can be none. Findings about the schemas show the ``label``."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    cache = open_cache(cache_folder(os.environ), name)
    if cache is None:
        return None
    try:
        return Memory(cache, _setting(schemas, label))
    except OSError:
        return None


def _sources(findings: Iterable[Finding]) -> Iterable[Source]:
    """Give the sources that findings point at, each once."""
    problems = [finding.problem for finding in findings]
    places = [place for problem in problems for place in (problem.location, *problem.related)]
    places += [edit.location for problem in problems if problem.fix for edit in problem.fix.edits]
    return {id(place.source): place.source for place in places}.values()


def _is_in_file(tree: Snapshot, source: Source) -> bool:
    """Whether a file says what a source says, so that it need not be kept."""
    try:
        return tree.read(source.path).decode() == source.text
    except (OSError, UnicodeDecodeError):
        return False


def _setting(schemas: Path, label: str) -> str:
    """Give a digest of the schemas and where they are, of this program, and of what it is built upon."""
    package = Path(pipeline.__file__).parent
    digest = hashlib.sha256(f"{pipeline.__version__} {sys.version}\0{label}\0".encode(errors="surrogateescape"))
    # Whatever is installed or upgraded beside it changes that folder.
    digest.update(str(Path(click.__file__).parent.parent.stat().st_mtime_ns).encode())
    for folder, names in ((package, _PROGRAM), (schemas, (".json",))):
        for path in _files(str(folder), names):
            with open(path, "rb") as file:  # noqa: PTH123 - some 250 of them, at every start
                content = file.read()
            digest.update(f"\0{path.removeprefix(str(folder))}\0{len(content)}\0".encode(errors="surrogateescape"))
            digest.update(content)
    return digest.hexdigest()


def _files(folder: str, names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            found.extend(_files(entry.path, names))
        elif entry.name.endswith(names):
            found.append(entry.path)
    return sorted(found)
