"""The second step at work: a checkout of the main branch, the fake GitHub, and events as GitHub sends them.

desk.propose({PAGE: text})          # somebody opens a pull request, or pushes to it
desk.checked(review)                # the check leaves this behind
desk.post()                         # what `kader review post` does with it
desk.comments                       # what people see
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.cli.main import run as run_kader
from pipeline.reports.review.write import written
from tests.github import shapes
from tests.review.making import review_of, schema_files
from tests.support import ROOT, small_files
from tests.world.repositories import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

    from pipeline.reports.review.values import Review
    from tests.github.hub import Hub
    from tests.github.state import Pull, Run

FORK = "inwoner"
AUTHOR = "inwoner"
BOT = "github-actions[bot]"
REVIEWERS = "themes:\n  ontwerp:\n    - redacteur\n    - inwoner\n"


@dataclass(slots=True)
class Desk:
    """One pull request and the step that writes on it."""

    hub: Hub
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    pull: Pull = field(init=False)
    run: Run = field(init=False)
    log: str = ""

    def __post_init__(self) -> None:
        """Put the main branch in the folder and on GitHub."""
        main: dict[str, str | bytes | None] = {
            **small_files(),
            **{f"schemas/{name}": text for name, text in schema_files().items()},
        }
        shutil.copytree(ROOT / ".github", self.folder / ".github", ignore=shutil.ignore_patterns("workflows"))
        write(self.folder, main)
        (self.folder / ".github" / "reviewers.yml").write_text(REVIEWERS)
        self.hub.commit(main)
        self.monkeypatch.delenv("KADER_LANG", raising=False)
        for name, value in self.hub.environment().items():
            self.monkeypatch.setenv(name, value)

    def propose(self, files: Mapping[str, str | None], *, branch: str = "wijziging") -> None:
        """Open a pull request from a fork, or push to the one that is open."""
        if hasattr(self, "pull"):
            self.hub.commit(files, branch=branch, repository=self.pull.repository, by=AUTHOR)
        else:
            self.pull = self.hub.pull("Voorstel", files, branch=branch, fork=FORK, by=AUTHOR)

    def checked(self, review: Review | None = None, **run: Any) -> Run:  # noqa: ANN401 - what the fake takes
        """Let the check finish; it leaves behind a review, unless other artifacts are given."""
        if review is not None:
            conclusion = "failure" if review.new.errors else "success"
            artifacts = {"review": {"review.json": written(review)}}
            run = {"conclusion": conclusion, "artifacts": artifacts, **run}
        self.run = self.hub.run(self.pull, **run)
        return self.run

    def work(self, files: Mapping[str, str | None]) -> None:
        """Push files and have them checked."""
        self.propose(files)
        self.checked(review_of(files))

    def event(self, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Give the event of the run that finished last."""
        told = {**shapes.run(self.hub, self.run), **changes}
        return {"action": "completed", "workflow_run": told, "repository": told["repository"]}

    def post(self, event: dict[str, Any] | None = None, *options: str) -> int:
        """Run `kader review post`; keep what it logs, and give its exit code."""
        path = self.folder / "event.json"
        path.write_text(json.dumps(event or self.event()), "utf-8")
        self.monkeypatch.setenv("GITHUB_EVENT_PATH", str(path))
        self.hub.requests.clear()
        self.capsys.readouterr()
        code = run_kader(["review", "post", "--root", str(self.folder), *options])
        captured = self.capsys.readouterr()
        self.log = captured.out + captured.err
        return code

    @property
    def comments(self) -> list[str]:
        """What the bot has said below the pull request."""
        return [each.body for each in self.pull.comments if each.author == BOT]

    @property
    def suggestions(self) -> list[str]:
        """What it has suggested on lines."""
        return [remark.body for review in self.pull.reviews if review.author == BOT for remark in review.remarks]

    @property
    def state(self) -> tuple[object, ...]:
        """All of it that people can see, without numbers and times."""
        return (self.comments, self.suggestions, sorted(self.pull.labels), self.pull.reviewers)

    @property
    def writes(self) -> list[str]:
        """What the last `post` changed."""
        return [seen.operation for seen in self.hub.writes]
