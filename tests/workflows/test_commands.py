"""Every workflow calls one command of ``kader``, with options that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click import Context, Group

from pipeline.cli.main import kader
from tests.workflows.files import JOBS, WORKFLOWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click import Command

    from tests.workflows.files import Workflow

# The one command of each workflow.
COMMANDS = {
    "check.yml": {"review"},
    "ci.yml": set[str](),  # of the code: make
    "issues.yml": {"issues sync"},
    "links.yml": {"links"},
    "propose.yml": {"propose"},
    "publish.yml": {"release build", "release publish"},
    "review.yml": {"review post"},
}


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_each_workflow_has_its_one_command(workflow: Workflow) -> None:
    lines = [line for job in workflow.jobs for line in job.commands]
    assert {named(line) for line in lines} == COMMANDS[workflow.path.name]


@pytest.mark.parametrize("line", [line for job in JOBS for line in job.commands], ids=" ".join)
def test_the_command_takes_these_options(line: list[str]) -> None:
    command, arguments = found(line)
    assert command is not kader, "there is no such command"
    command.make_context(line[0], arguments)  # raises where an option or a value is not known


def found(line: Sequence[str]) -> tuple[Command, list[str]]:
    """Give the command that a line calls, past its group, and what is left of the line."""
    command: Command = kader
    arguments = list(line)
    while isinstance(command, Group) and arguments[:1] and arguments[0] in command.list_commands(Context(command)):
        below = command.get_command(Context(command), arguments.pop(0))
        assert below is not None
        command = below
    return command, arguments


def named(line: Sequence[str]) -> str:
    """Give the words that name the command of a line."""
    _, arguments = found(line)
    return " ".join(line[: len(line) - len(arguments)])
