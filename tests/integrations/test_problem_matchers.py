"""The patterns of GitHub and VS Code against what ``kader check`` really prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import FIXTURES, ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

GITHUB = json.loads((ROOT / ".github" / "kader-problem-matcher.json").read_text())["problemMatcher"]
TASKS = json.loads((ROOT / ".vscode" / "tasks.json").read_text())["tasks"]
CHECK = next(each for each in TASKS if each["label"] == "kader: check")
EDITOR = CHECK["problemMatcher"]
SPOILT = """\
---
id: urn:klein:regel:awb-02
title: Luister
status: concpet
zie-ook: [awb-10]
---

## Regel

Luister [hier](https://www.voorbeeld.nl/regels), zoals {regel: awb-01} zegt.\u200b\r
"""


def pattern_of(matcher: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the one pattern of a matcher: GitHub wants a list of them."""
    pattern = matcher["pattern"]
    if isinstance(pattern, list):
        (pattern,) = pattern
    found: Mapping[str, Any] = pattern
    return found


@pytest.fixture(scope="module", params=["nl", "en"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Any]]:
    """Give what is printed of a spoilt framework in each language, and the same for programs."""
    root = tmp_path_factory.mktemp("klein")
    for path in (FIXTURES / "klein").rglob("*"):
        if path.is_file():
            copy = root / path.relative_to(FIXTURES / "klein")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (root / "content" / "regels" / "awb-02-luister goed.md").write_bytes(SPOILT.encode())
    command = [sys.executable, "-m", "pipeline", "check", "--no-cache", "--lang", request.param, "--root", str(root)]

    def run(*more: str) -> str:
        done = subprocess.run(
            [*command, *more], capture_output=True, text=True, check=False, encoding="utf-8", cwd=ROOT
        )
        assert done.returncode == 1, done.stderr
        return done.stdout

    return run(*CHECK["args"][1:]), json.loads(run("--format", "json"))["findings"]


@pytest.mark.parametrize("matchers", [GITHUB, EDITOR], ids=["github", "vscode"])
def test_every_finding_is_matched_once(printed: tuple[str, list[Any]], matchers: list[Mapping[str, Any]]) -> None:
    text, findings = printed
    words = {"error": "error", "warning": "warning", "notice": "info" if matchers is EDITOR else "notice"}
    expected = [
        (words[each["severity"]], each["path"], each["line"], each["column"], each["rule"], each["message"])
        for each in findings
    ]
    assert {each[0] for each in expected} == set(words.values()), "all severities are tried"
    found = []
    for line in text.splitlines():
        for matcher in matchers:
            pattern = pattern_of(matcher)
            match = re.search(pattern["regexp"], line)
            if match:
                part = {name: match[group] for name, group in pattern.items() if name != "regexp"}
                place = (part["file"], int(part["line"]), int(part["column"]))
                found.append((matcher["severity"], *place, part["code"], part["message"]))
    assert [each[:5] for each in found] == [each[:5] for each in expected]
    assert all(one[5].startswith(two[5]) for one, two in zip(found, expected, strict=True))


def test_editor_and_github_have_the_same_patterns() -> None:
    assert [pattern_of(each) for each in EDITOR] == [pattern_of(each) for each in GITHUB]
    assert [each["owner"] for each in EDITOR] == [each["owner"] for each in GITHUB]


def test_tasks_call_commands_that_exist() -> None:
    for task in TASKS:
        assert task["command"] == "${workspaceFolder}/.venv/bin/kader"
        command = [sys.executable, "-m", "pipeline", *task["args"], "--help"]
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
