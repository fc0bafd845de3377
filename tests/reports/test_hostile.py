"""Whatever contributors write, a report stays a report."""

from __future__ import annotations

import json
import re
import unicodedata
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.reports.registry import FORMATS, writer
from pipeline.reports.report import Report
from pipeline.text import UNSHOWABLE, Source
from tests.reports.samples import RULES, found, report, unknown, written

COMMANDS = (
    "::error::x",
    "::stop-commands::x",
    "##[error]x",
    "##[stop-commands]x",
    "##vso[task.x]",
    "\u200b::error::x",
    "\u034f::error::x",
    "#\u0301#[error]x",
)
PIECES = (
    "a",
    " ",
    "\n",
    "\r",
    "\t",
    "%0A",
    ",",
    ":",
    "::",
    "##[",
    "{0}",
    "](x)",
    "\x1b[31m",
    "\u202e",
    "\x9b",
    "é",
    "漢",
)
IGNORED = {"Cc", "Cf", "Me", "Mn"}
HOSTILE = st.lists(st.sampled_from(PIECES + COMMANDS) | st.characters(), max_size=12).map("".join)
# The first example imports every rule, which takes its time.
unhurried = settings(deadline=None)
PATHS = HOSTILE.filter(bool)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    findings = []
    for path in draw(st.lists(PATHS, min_size=1, max_size=5)):
        source = Source(path=path, text=draw(HOSTILE))
        start = draw(st.integers(0, len(source.text)))
        place = source.at(start, draw(st.integers(start, len(source.text))))
        words = draw(HOSTILE)
        findings += [
            unknown(words, place, draw(HOSTILE), field=words, entry=words, related=(place,)),
            found("references/unknown-target", place, {"key": words}, variant="kind"),
            found("schema/empty-value", place, {"field": (words, words)}),
        ]
    return report(*findings, language=draw(st.sampled_from(["nl", "en"])))


def obeyed(text: str) -> list[str]:
    """Give the lines that GitHub's runner takes for a command, as ``ActionCommand.cs`` reads them.

    It is written in .NET, which skips characters without a place in the sorting order.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    seen = ["".join(char for char in line if unicodedata.category(char) not in IGNORED) for line in lines]
    return [line for line in seen if line.lstrip().startswith("::") or re.search(r"##[A-Za-z]*\[", line)]


@unhurried
@given(reports(), st.sampled_from([20, 40, 60]))
def test_no_report_steers_a_terminal(report: Report, width: int) -> None:
    for name in FORMATS:
        text = written(name, report, width=width)
        assert not UNSHOWABLE.search(text.replace("\n", "")), name
        text.encode()


@unhurried
@given(reports(), st.sampled_from([20, 40, 60]))
def test_no_report_but_its_own_commands_a_runner(report: Report, width: int) -> None:
    for name in ("terminal", "json", "sarif"):
        assert not obeyed(written(name, report, width=width)), name


@unhurried
@given(reports())
def test_a_line_for_each_finding_on_github(report: Report) -> None:
    lines = written("github", report).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    expected = [finding.severity.word for finding in report.findings]
    assert sorted(re.findall(r"^::(\w+) ", "\n".join(commands), re.MULTILINE)) == sorted(expected)
    assert len(obeyed("\n".join(lines))) == len(commands)
    assert len(lines) == len(report.findings) + 1
    for line in commands:
        head, _, _ = line.removeprefix("::").partition("::")
        assert [each.partition("=")[0] for each in head.partition(" ")[2].split(",")][:3] == ["file", "line", "endLine"]


@unhurried
@given(reports())
def test_json_keeps_what_was_written(report: Report) -> None:
    data = json.loads(written("json", report))
    whole = [finding for finding in report.findings if not re.search("[\ud800-\udfff]", finding.path)]
    assert {finding.path for finding in whole} <= {each["path"] for each in data["findings"]}
    assert len(data["findings"]) == len(report.findings)
    results = json.loads(written("sarif", report))["runs"][0]["results"]
    assert len(results) == len(report.findings)


@unhurried
@given(reports())
def test_the_same_input_gives_the_same_bytes(report: Report) -> None:
    again = Report(findings=tuple(reversed(report.findings)), files=2, entries=1, language=report.language, rules=RULES)
    for name in FORMATS:
        assert written(name, report) == written(name, again)


def test_an_unknown_format_is_a_mistake_of_the_user() -> None:
    with pytest.raises(UserError) as raised:
        writer("xml")
    assert raised.value.text.nl == "Er is geen rapport “xml”. Kies uit: terminal, lines, json, github, sarif."


def test_a_writer_leaves_the_stream_open() -> None:
    for name in FORMATS:
        stream = StringIO()
        writer(name)(report(), stream, width=60, colour=False)
        assert not stream.closed
