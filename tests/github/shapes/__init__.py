"""How GitHub writes what the fake remembers.

`template` gives the many addresses that a schema demands and nobody here follows; they lead nowhere.
"""

from tests.github.shapes.common import label, labels, repository, team, user
from tests.github.shapes.git_data import branch, commit, difference, file, git_commit, git_tag, ref, tree, whole_branch
from tests.github.shapes.issues import comment, event, issue
from tests.github.shapes.pulls import pull, remark, review
from tests.github.shapes.releases import asset, release
from tests.github.shapes.runs import artifact, run

__all__ = [
    "artifact",
    "asset",
    "branch",
    "comment",
    "commit",
    "difference",
    "event",
    "file",
    "git_commit",
    "git_tag",
    "issue",
    "label",
    "labels",
    "pull",
    "ref",
    "release",
    "remark",
    "repository",
    "review",
    "run",
    "team",
    "tree",
    "user",
    "whole_branch",
]
