"""Git's objects and references, in memory; ids are those that git itself would give."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

FILE: Final = "100644"
FOLDER: Final = "040000"
KINDS: Final[Mapping[str, str]] = {FILE: "blob", "100755": "blob", "120000": "blob", FOLDER: "tree", "160000": "commit"}
_BAD_REF: Final = re.compile(r"[\x00-\x20~^:?*\[\\\x7f]|\.\.|@\{|//|\.lock(/|$)|(^|/)\.|[./]$|^@$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a tree."""

    mode: str
    sha: str

    @property
    def kind(self) -> str:
        return KINDS[self.mode]


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    date: str


@dataclass(frozen=True, slots=True)
class Commit:
    tree: str
    parents: tuple[str, ...]
    message: str
    author: Person
    committer: Person


@dataclass(frozen=True, slots=True)
class Tag:
    """An annotated tag."""

    tag: str
    object: str
    kind: str
    message: str
    tagger: Person


class Store:
    """Objects by id, and for each repository its references by full name; forks share the objects."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.trees: dict[str, dict[str, Entry]] = {}
        self.commits: dict[str, Commit] = {}
        self.tags: dict[str, Tag] = {}
        self.refs: dict[str, dict[str, str]] = {}

    def blob(self, content: bytes) -> str:
        sha = _sha("blob", content)
        self.blobs[sha] = content
        return sha

    def tree(self, entries: Mapping[str, Entry]) -> str:
        """Keep a tree of paths that may hold slashes; folders become trees of their own."""
        here: dict[str, Entry] = {}
        deeper: dict[str, dict[str, Entry]] = {}
        for path, entry in entries.items():
            name, slash, rest = path.partition("/")
            if slash:
                deeper.setdefault(name, {})[rest] = entry
            else:
                here[name] = entry
        for name, inside in deeper.items():
            here[name] = Entry(FOLDER, self.tree(inside))
        ordered = dict(sorted(here.items(), key=lambda item: item[0] + "/" * (item[1].mode == FOLDER)))
        lines = (
            f"{entry.mode.lstrip('0')} {name}\0".encode() + bytes.fromhex(entry.sha) for name, entry in ordered.items()
        )
        sha = _sha("tree", b"".join(lines))
        self.trees[sha] = ordered
        return sha

    def commit(self, commit: Commit) -> str:
        parents = "".join(f"parent {parent}\n" for parent in commit.parents)
        people = f"author {_signed(commit.author)}\ncommitter {_signed(commit.committer)}\n"
        sha = _sha("commit", f"tree {commit.tree}\n{parents}{people}\n{commit.message}".encode())
        self.commits[sha] = commit
        return sha

    def tag(self, tag: Tag) -> str:
        text = f"object {tag.object}\ntype {tag.kind}\ntag {tag.tag}\ntagger {_signed(tag.tagger)}\n\n{tag.message}"
        sha = _sha("tag", text.encode())
        self.tags[sha] = tag
        return sha

    def kind(self, sha: str) -> str | None:
        """Say what an id stands for."""
        kinds: dict[str, Container[str]] = {
            "blob": self.blobs,
            "tree": self.trees,
            "commit": self.commits,
            "tag": self.tags,
        }
        return next((kind for kind, known in kinds.items() if sha in known), None)

    def entries(self, tree: str, prefix: str = "", *, folders: bool = False) -> Iterator[tuple[str, Entry]]:
        """Give each path below a tree; folders themselves only when asked for."""
        for name, entry in self.trees[tree].items():
            if entry.kind != "tree" or folders:
                yield prefix + name, entry
            if entry.kind == "tree":
                yield from self.entries(entry.sha, f"{prefix}{name}/", folders=folders)

    def files(self, commit: str) -> dict[str, Entry]:
        """Give the files of a commit by path."""
        return dict(self.entries(self.commits[commit].tree))

    def changed(self, tree: str, changes: Mapping[str, Entry | None]) -> str:
        """Give a tree with entries put in, or taken out."""
        entries = dict(self.entries(tree))
        for path, entry in changes.items():
            _forget(entries, path)
            if entry and entry.kind == "tree":
                entries.update(self.entries(entry.sha, f"{path}/"))
            elif entry:
                entries[path] = entry
        return self.tree(entries)

    def ancestors(self, commit: str) -> list[str]:
        """Give a commit and all before it, the nearest first."""
        found: dict[str, None] = {}
        waiting = [commit]
        while waiting:
            one = waiting.pop(0)
            if one not in found:
                found[one] = None
                waiting += self.commits[one].parents
        return list(found)

    def merge_base(self, one: str, other: str) -> str | None:
        """Give the newest commit that both have."""
        known = set(self.ancestors(one))
        return next((commit for commit in self.ancestors(other) if commit in known), None)


def is_ref(name: str) -> bool:
    """Tell whether git takes this as the full name of a reference."""
    return name.startswith("refs/") and name.count("/") > 1 and not _BAD_REF.search(name)


def _forget(entries: dict[str, Entry], path: str) -> None:
    gone: Sequence[str] = [known for known in entries if known == path or known.startswith(f"{path}/")]
    for known in gone:
        del entries[known]


def _sha(kind: str, content: bytes) -> str:
    return hashlib.sha1(f"{kind} {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()


def _signed(person: Person) -> str:
    return f"{person.name} <{person.email}> {person.date}"
