"""A hostile or broken tree: every command ends with findings, never with a traceback."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from pipeline.cli.main import FINDINGS, run
from tests.support import FIXTURES

FRONT = "---\nid: urn:klein:regel:{code}\ntitle: {title}\nstatus: concept\n---\n\n## Regel\n\n{body}\n"
BOMB = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 9)}]\n" for level in range(9)
)

HORRORS: dict[str, bytes] = {
    "bytes.md": b"---\nid: \xff\xfe\n---\n",
    "utf-16.md": "---\nid: x\n---\n".encode("utf-16"),
    "empty.md": b"",
    "null.md": b"\0" * 500,
    "bomb.md": BOMB.encode() + b"---\n",
    "deep-flow.md": b"---\na: " + b"[" * 10_000 + b"\n---\n",
    "deep-block.md": ("---\n" + "".join(" " * level + "a:\n" for level in range(1_000)) + "---\n").encode(),
    "no-end.md": b"---\nid: urn:klein:regel:avg-77\n" + b"a: b\n" * 1_000,
    "quotes.md": b"---\n" + b">" * 10_000 + b"\n---\n\n" + b"> " * 10_000 + b"x\n",
    "brackets.md": b"---\nid: x\n---\n\n" + b"[" * 50_000,
    "stars.md": b"---\nid: x\n---\n\n" + b"*a_ " * 20_000,
    "ticks.md": b"---\nid: x\n---\n\n" + b"".join(b"`" * (index % 50) + b" " for index in range(5_000)),
    "tags.md": b"---\nid: !!python/object/apply:os.system [echo]\n---\n<a href='" + b"x" * 50_000,
    "carriage.md": b"---\rid: x\r---\r\r# a\r",
    "separators.md": "---\nid: a\u2028b\u0085c\n---\n\n# \u2028\n".encode(),
    "surrogate.md": b'---\nid: "\\ud800"\n---\n',
    "number.md": b"---\nid: " + b"9" * 10_000 + b"\ntitle: .nan\nstatus: -.inf\n---\n",
    "keys.md": b"---\n? [a, b]\n: c\n1: d\n~: e\ntrue: f\n---\n",
    "list.md": b"---\n- a\n- b\n---\n",
    "text.md": b"---\njust words\n---\n",
    "several.md": b"---\nid: x\n--- # more\nid: y\n---\n",
    "script.md": FRONT.format(
        code="avg-78", title="'</title><script>alert(1)</script>'", body="<script>x</script>"
    ).encode(),
    "new\nline\x1b[31m.md": b"---\nid: x\n---\n",
    "bidi\u202egp.md": b"---\nid: x\n---\n",
    "::error::.md": b"---\nid: x\n---\n",
    "spaces and %20.md": b"[x](%00) [y](%ff%fe) [z](//[::1) [q](http://[)\n",
}


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fill the small framework with everything above, and links, pipes and files past all measure."""
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    folder = tmp_path / "klein" / "content" / "regels"
    for name, content in HORRORS.items():
        (folder / name).write_bytes(content)
    with (folder / "huge.md").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "outside.md").symlink_to("/etc/hostname")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe.md")
    (folder / os.fsdecode(b"caf\xe9.md")).write_bytes(b"x")
    (folder / "folder.md").mkdir()
    monkeypatch.chdir(tmp_path / "klein")
    return tmp_path / "klein"


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("form", ["terminal", "lines", "json", "github", "sarif"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_check_reports_it_all(capsys: pytest.CaptureFixture[str], form: str, language: str) -> None:
    start = time.monotonic()
    assert run(["check", "--format", form, "--lang", language]) == FINDINGS
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "\x1b" not in captured.out
    assert "\u202e" not in captured.out
    assert time.monotonic() - start < 30
    if form in {"json", "sarif"}:
        json.loads(captured.out)


@pytest.mark.usefixtures("hostile")
def test_every_horror_has_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--format", "json"])
    paths = {finding["path"].rpartition("/")[2] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert HORRORS.keys() - paths == set()
    assert {"huge.md", "outside.md"} <= paths
    assert not {"loop.md", "pipe.md", "folder.md"} & paths


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    "arguments",
    [
        ["stats"],
        ["show", "avg-13"],
        ["show", "avg-78"],
        ["build"],
        ["check", "--fix"],
        ["check", "--fix", "--diff"],
        ["rename", "avg-13", "avg-63", "--yes"],
    ],
)
def test_other_commands_survive(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    run(arguments)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert "\x1b" not in captured.out


def test_an_unreadable_file_is_a_finding(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = hostile / "content/regels/empty.md"
    path.chmod(0)
    root = os.geteuid() == 0
    if root:  # to whom nothing is unreadable: be somebody else for a moment
        run(["check", "--format", "json"])  # what is imported now need not be readable then
        capsys.readouterr()
        temporary = Path(tempfile.gettempdir())
        for folder in (hostile, *hostile.parents):
            if temporary in folder.parents:
                folder.chmod(0o755)
        os.seteuid(65534)
    try:
        run(["check", "--format", "json"])
    finally:
        if root:
            os.seteuid(0)
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert path.relative_to(hostile).as_posix() in {
        finding["path"] for finding in findings if finding["rule"] == "source/unreadable"
    }
