"""Commits, branches, and the pull requests that are made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.github.diffs import differences, moved
from tests.github.git_store import FILE, Commit, Entry, Person, Store
from tests.github.ground import EDITOR, Ground
from tests.github.state import Pull

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.github.diffs import Difference
    from tests.github.state import Remark


class Code(Ground):
    """A repository with one commit in it."""

    def __init__(self) -> None:
        super().__init__()
        self.git = Store()
        self.commit({"README.md": "# Algoritmekader\n"}, "Begin")

    def commit(
        self,
        files: Mapping[str, str | bytes | None],
        message: str = "Pas aan",
        *,
        branch: str | None = None,
        repository: str | None = None,
        by: str = EDITOR,
    ) -> str:
        """Write files on a branch, or take them away (``None``); a new branch starts from the default one."""
        refs = self.git.refs.setdefault(repository or self.full_name, {})
        ref = f"refs/heads/{branch or self.default_branch}"
        parent = refs.get(ref) or self.git.refs[self.full_name].get(f"refs/heads/{self.default_branch}")
        tree = self.git.commits[parent].tree if parent else self.git.tree({})
        entries = {path: content if content is None else self._entry(content) for path, content in files.items()}
        who = self.person(by)
        made = Commit(self.git.changed(tree, entries), (parent,) if parent else (), message, who, who)
        refs[ref] = self.git.commit(made)
        return refs[ref]

    def propose(
        self,
        title: str,
        body: str | None,
        *,
        repository: str,
        head: str,
        base: str | None = None,
        by: str = EDITOR,
        draft: bool = False,
    ) -> Pull:
        """Put a pull request there for a branch that is there."""
        now = self.now()
        made = Pull(
            id=self.new_id(),
            number=self.new_number(),
            author=by,
            title=title,
            body=body,
            created=now,
            updated=now,
            repository=repository,
            head=head,
            base=base or self.default_branch,
            draft=draft,
        )
        self.issues[made.number] = made
        return made

    def head_of(self, pull: Pull) -> str:
        """Give the newest commit of a pull request; a closed one stays as it was."""
        if pull.state == "open" or not pull.last:
            pull.last = self.git.refs.get(pull.repository, {}).get(f"refs/heads/{pull.head}", pull.last)
        return pull.last

    def base_of(self, pull: Pull) -> str:
        return self.git.refs[self.full_name][f"refs/heads/{pull.base}"]

    def differences(self, pull: Pull, head: str | None = None) -> list[Difference]:
        """Give what a pull request changes, at its head or at an earlier commit of it."""
        head = head or self.head_of(pull)
        before = self.git.merge_base(self.base_of(pull), head) or self.base_of(pull)
        return differences(self.git, self.git.commits[before].tree, self.git.commits[head].tree)

    def commits_of(self, pull: Pull) -> list[str]:
        """Give the commits of a pull request, the oldest first."""
        known = set(self.git.ancestors(self.base_of(pull)))
        return [one for one in reversed(self.git.ancestors(self.head_of(pull))) if one not in known]

    def line_of(self, pull: Pull, remark: Remark, *, start: bool = False) -> int | None:
        """Tell where a comment on a line stands now; nothing when that line changed."""
        line = remark.start if start else remark.line
        then, now = (self.git.files(sha).get(remark.path) for sha in (remark.commit, self.head_of(pull)))
        if line is None or remark.side == "LEFT" or then == now:
            return line
        if then is None or now is None:
            return None
        old, new = (self.git.blobs[entry.sha].decode("utf-8", "replace") for entry in (then, now))
        return moved(old, new, line)

    @property
    def refs(self) -> dict[str, str]:
        """The references of this repository, by full name."""
        return self.git.refs[self.full_name]

    def find_ref(self, name: str) -> str | None:
        """Give the id that a full name of a reference stands for."""
        return self.git.refs[self.full_name].get(name)

    def find_commit(self, name: str) -> str | None:
        """Give the commit that an id, a branch or a tag stands for."""
        if name in self.git.commits:
            return name
        found = next(
            (sha for ref in (name, f"heads/{name}", f"tags/{name}") if (sha := self.find_ref(f"refs/{ref}"))), None
        )
        return self.git.tags[found].object if found in self.git.tags else found

    def person(self, login: str) -> Person:
        return Person(login, f"{login}@users.noreply.github.com", self.now())

    def _entry(self, content: str | bytes) -> Entry:
        return Entry(FILE, self.git.blob(content.encode() if isinstance(content, str) else content))
