"""What there is in the repository, and the ways in which a test puts it there by hand."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from tests.github.diffs import differences, moved
from tests.github.git_store import FILE, Commit, Entry, Person, Store
from tests.github.state import Artifact, Asset, Comment, Event, Issue, Label, Pull, Release, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.github.diffs import Difference
    from tests.github.state import Remark

START: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
OWNER: Final = "gemeente-voorbeeldstad"
NAME: Final = "algoritmekader"
EDITOR: Final = "redacteur"
"""A person with all rights, who writes what tests put there by hand."""
CHECK: Final = ".github/workflows/check.yml"


class Things:
    """One repository; whatever a test reads or changes here is what clients see."""

    def __init__(self) -> None:
        self.owner, self.name = OWNER, NAME
        self.default_branch = "main"
        self.people = [EDITOR]
        self.teams: list[str] = []
        self.has_issues = True
        self.workflows_may_propose = True
        self.streams_assets = True
        self.latest: Release | None = None
        self.lag = 0
        """How many lists do not show yet what a client just made: GitHub reads from copies."""
        self.newest = 1000
        self.labels: list[Label] = []
        self.issues: dict[int, Issue] = {}
        self.runs: list[Run] = []
        self.releases: list[Release] = []
        self.git = Store()
        self._numbers = count(1)
        self._minutes = count()
        self.commit({"README.md": "# Algoritmekader\n"}, "Begin")

    # ── issues ────────────────────────────────────────────────────────────────────────────────

    def label(self, name: str, color: str = "ededed", description: str | None = None) -> Label:
        """Put a label there, unless it is there already."""
        known = self.find_label(name)
        if known is None:
            known = Label(id=self.new_id(), name=name, color=color, description=description)
            self.labels.append(known)
        return known

    def issue(
        self,
        title: str,
        body: str | None = None,
        *,
        by: str = EDITOR,
        labels: Sequence[str] = (),
        state: str = "open",
        reason: str | None = None,
    ) -> Issue:
        """Put an issue there."""
        now = self.now()
        made = Issue(
            id=self.new_id(), number=next(self._numbers), author=by, title=title, body=body, created=now, updated=now
        )
        made.labels = [self.label(name).name for name in labels]
        self.issues[made.number] = made
        if state == "closed":
            self.close(made, reason or "completed", by=by)
        return made

    def comment(self, issue: Issue, body: str, *, by: str = EDITOR) -> Comment:
        """Put a comment below an issue or a pull request."""
        now = self.now()
        made = Comment(id=self.new_id(), author=by, body=body, created=now, updated=now)
        issue.comments.append(made)
        issue.updated = now
        return made

    def close(self, issue: Issue, reason: str | None = "completed", *, by: str = EDITOR) -> None:
        """Close an issue, as ``completed`` or ``not_planned``; a pull request has no reason."""
        reason = None if isinstance(issue, Pull) else reason
        issue.state, issue.reason, issue.closed, issue.closed_by = "closed", reason, self.now(), by
        self.event(issue, "closed", by)

    def reopen(self, issue: Issue, *, by: str = EDITOR) -> None:
        """Open again what was closed."""
        reason = None if isinstance(issue, Pull) else "reopened"
        issue.state, issue.reason, issue.closed, issue.closed_by = "open", reason, None, None
        self.event(issue, "reopened", by)

    # ── commits and pull requests ─────────────────────────────────────────────────────────────

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

    def pull(
        self,
        title: str,
        files: Mapping[str, str | bytes | None],
        *,
        body: str | None = None,
        branch: str = "wijziging",
        base: str | None = None,
        fork: str | None = None,
        by: str = EDITOR,
        draft: bool = False,
        labels: Sequence[str] = (),
    ) -> Pull:
        """Put a pull request there that changes files; ``fork`` is whose repository it comes from."""
        repository = f"{fork}/{self.name}" if fork else self.full_name
        self.commit(files, title, branch=branch, repository=repository, by=by)
        made = self.propose(title, body, repository=repository, head=branch, base=base, by=by, draft=draft)
        made.labels = [self.label(name).name for name in labels]
        return made

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
            number=next(self._numbers),
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

    def merge(self, pull: Pull, *, by: str = EDITOR) -> str:
        """Merge a pull request that has no conflicts."""
        base = self.base_of(pull)
        changes = {
            one.path: None if one.status == "removed" else Entry(FILE, one.sha) for one in self.differences(pull)
        }
        renamed = {one.previous: None for one in self.differences(pull) if one.previous}
        who = self.person(by)
        tree = self.git.changed(self.git.commits[base].tree, {**renamed, **changes})
        made = Commit(tree, (base, self.head_of(pull)), f"Merge pull request #{pull.number}", who, who)
        pull.merged = self.git.refs[self.full_name][f"refs/heads/{pull.base}"] = self.git.commit(made)
        self.close(pull, by=by)
        return pull.merged

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

    # ── runs ──────────────────────────────────────────────────────────────────────────────────

    def run(
        self,
        pull: Pull,
        *,
        path: str = CHECK,
        event: str = "pull_request",
        conclusion: str | None = "success",
        sha: str | None = None,
        artifacts: Mapping[str, bytes | Mapping[str, bytes]] | None = None,
    ) -> Run:
        """Put a run of a workflow there, with artifacts: the bytes of a zip, or what is in it."""
        made = Run(
            id=self.new_id(),
            number=len(self.runs) + 1,
            path=path,
            event=event,
            branch=pull.head,
            sha=sha or self.head_of(pull),
            repository=pull.repository,
            actor=pull.author,
            created=self.now(),
            status="completed" if conclusion else "in_progress",
            conclusion=conclusion,
            # GitHub leaves this empty for forks.
            pulls=[pull.number] if pull.repository == self.full_name else [],
        )
        for name, content in (artifacts or {}).items():
            packed = content if isinstance(content, bytes) else _zipped(content)
            made.artifacts.append(Artifact(id=self.new_id(), name=name, content=packed, created=self.now()))
        self.runs.append(made)
        return made

    # ── releases ──────────────────────────────────────────────────────────────────────────────

    def release(
        self,
        tag: str,
        body: str | None = None,
        *,
        name: str | None = None,
        target: str | None = None,
        by: str = EDITOR,
        draft: bool = False,
        prerelease: bool = False,
        latest: bool = True,
    ) -> Release:
        """Put a release there; its tag too, unless it is a draft."""
        made = Release(
            id=self.new_id(),
            tag=tag,
            target=target or self.default_branch,
            name=name,
            body=body,
            author=by,
            created=self.now(),
            draft=True,
            prerelease=prerelease,
        )
        self.releases.append(made)
        if not draft:
            self.publish(made, latest=latest)
        return made

    def publish(self, release: Release, *, latest: bool = True) -> None:
        """Show a draft to everybody; a tag that is not there is made now."""
        release.draft, release.published = False, self.now()
        if latest and not release.prerelease:
            self.latest = release
        self.refs.setdefault(f"refs/tags/{release.tag}", str(self.find_commit(release.target)))

    def asset(
        self,
        release: Release,
        name: str,
        content: bytes,
        *,
        label: str | None = None,
        content_type: str = "application/octet-stream",
        by: str = EDITOR,
        state: str = "uploaded",
    ) -> Asset:
        """Put a file in a release; the state ``starter`` is of one whose upload was cut off."""
        made = Asset(
            id=self.new_id(),
            name=name,
            label=label,
            content_type=content_type,
            content=content,
            uploader=by,
            created=self.now(),
            state=state,
        )
        release.assets.append(made)
        return made

    # ── what answers need ─────────────────────────────────────────────────────────────────────

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    def event(self, issue: Issue, event: str, by: str, label: str | None = None, reviewer: str | None = None) -> None:
        """Note that something happened to an issue."""
        made = Event(id=self.new_id(), event=event, actor=by, created=self.now(), label=label, reviewer=reviewer)
        issue.events.append(made)

    def find_label(self, name: str) -> Label | None:
        return next((label for label in self.labels if label.name.lower() == name.lower()), None)

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

    def now(self) -> str:
        """Give the time: a minute later each time."""
        return (START + timedelta(minutes=next(self._minutes))).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def refs(self) -> dict[str, str]:
        """The references of this repository, by full name."""
        return self.git.refs[self.full_name]

    def new_id(self) -> int:
        self.newest += 1
        return self.newest

    def number_of(self, name: str) -> int:
        """Give the id of a person or a repository: the same each time."""
        return zlib.crc32(name.encode())

    def room_of(self, issue: Issue) -> str:
        """Say under which part of an address people read this."""
        return "pull" if isinstance(issue, Pull) else "issues"

    def is_about_pull(self, parameters: Mapping[str, str]) -> bool:
        """Tell whether the path of a request names a pull request, or a comment below one."""
        number, comment = parameters.get("issue_number"), parameters.get("comment_id")
        found = self.issues.get(int(number)) if number and number.isdecimal() else None
        if comment:
            found = next((i for i in self.issues.values() if any(str(c.id) == comment for c in i.comments)), None)
        return isinstance(found, Pull)

    def person(self, login: str) -> Person:
        return Person(login, f"{login}@users.noreply.github.com", self.now())

    def _entry(self, content: str | bytes) -> Entry:
        return Entry(FILE, self.git.blob(content.encode() if isinstance(content, str) else content))


def _zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
