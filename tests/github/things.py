"""What there is in the repository, and the ways in which a test puts it there by hand."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from tests.github.commits import Code
from tests.github.git_store import FILE, Commit, Entry
from tests.github.ground import EDITOR
from tests.github.state import Artifact, Asset, Comment, Event, Issue, Pull, Release, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHECK: Final = ".github/workflows/check.yml"


class Things(Code):
    """One repository; whatever a test reads or changes here is what clients see."""

    def __init__(self) -> None:
        super().__init__()
        self.streams_assets = True
        self.latest: Release | None = None
        self.runs: list[Run] = []
        self.releases: list[Release] = []
        self.lag = 0
        """How many lists do not show yet what a client just made: GitHub reads from copies."""

    # ── issues ────────────────────────────────────────────────────────────────────────────────

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
            id=self.new_id(), number=self.new_number(), author=by, title=title, body=body, created=now, updated=now
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


def _zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
