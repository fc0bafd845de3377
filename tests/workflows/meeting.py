"""What a runner and a GitHub of our own do together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.github.git_store import Commit, Entry
from tests.github.ground import EDITOR
from tests.github.hub import Hub
from tests.github.permissions import granted
from tests.workflows.act import event
from tests.workflows.files import FOLDER
from tests.world.repositories import commit, git

if TYPE_CHECKING:
    from tests.github.state import Pull, Run
    from tests.workflows.act import Ran, Runner

PAGE: Final = "content/vereisten/avg-05-juiste-en-actuele-gegevens.md"


def hub_for(workflow: str, job: str) -> Hub:
    """Make a GitHub that lets the token do what the job may do, and no more."""
    return Hub(granted(FOLDER / workflow, job))


def pushed(runner: Runner, hub: Hub, branch: str, repository: str) -> str:
    """Let GitHub have a branch of the runner's repository, which has the main branch on disk."""
    folder = runner.repository
    for path in git(folder, "ls-files", "-z").split("\0")[:-1]:
        hub.git.blob((folder / path).read_bytes())
    for commit_id in reversed(git(folder, "rev-list", branch).split()):
        lines = git(folder, "ls-tree", "-r", "-z", "--full-tree", commit_id).split("\0")[:-1]
        entries = {line.partition("\t")[2]: Entry(line.split()[0], line.split()[2]) for line in lines}
        for blob in {each.sha for each in entries.values()} - hub.git.blobs.keys():
            hub.git.blobs[blob] = git(folder, "cat-file", "blob", blob).encode()
        parents = git(folder, "rev-list", "--parents", "--max-count=1", commit_id).split()[1:]
        who = hub.person(EDITOR)
        hub.git.commits[commit_id] = Commit(hub.git.tree(entries), tuple(parents), "Werk", who, who)
    head = git(folder, "rev-parse", branch)
    hub.git.refs.setdefault(repository, {})[f"refs/heads/{branch}"] = head
    return head


def proposed(runner: Runner, old: str, new: str) -> str:
    """Change an entry on a branch; give its commit."""
    text = (runner.repository / PAGE).read_text("utf-8")
    assert old in text
    git(runner.repository, "checkout", "--quiet", "-b", "aanvulling")
    head = commit(runner.repository, {PAGE: text.replace(old, new)})
    git(runner.repository, "checkout", "--quiet", "main")
    return head


def checked(runner: Runner, head: str, **about: str) -> Ran:
    """Run the check of a pull request."""
    base = git(runner.repository, "rev-parse", "main")
    pull = {**about, "head": {"sha": head, "ref": about.get("branch", "aanvulling")}, "base": {"sha": base}}
    return runner.run("check.yml", *event("pull_request", {"pull_request": pull}), {})


def left(runner: Runner, hub: Hub, pull: Pull, check: Ran) -> Run:
    """Let GitHub have the run of a check, with what it left on the shelf."""
    files = {path.name: path.read_bytes() for path in (runner.shelf / "review").iterdir()}
    return hub.run(pull, conclusion="failure" if check.code else "success", artifacts={"review": files})


def reviewed(runner: Runner, hub: Hub, run: Run) -> Ran:
    """Run what follows the check."""
    about = {
        "id": run.id,
        "conclusion": run.conclusion,
        "head_branch": run.branch,
        "head_sha": run.sha,
        "head_repository": {"id": hub.number_of(run.repository), "full_name": run.repository},
    }
    return runner.run("review.yml", *event("workflow_run", {"workflow_run": about}), hub.environment())
