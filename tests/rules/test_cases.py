r"""Every rule against its cases in ``tests/cases/<family>/<rule>.md``.

A case is a heading ``# case: NAME``, files in fences that start with ``~~~file PATH`` (laid over the small
framework of ``tests/fixtures/klein``; ``~~~schema NAME`` does so in its schemas), and
either the words "Finds nothing." or a list of findings, each on a line:

    - error content/regels/avg-13-x.md:4:7 Er is geen regel “awb-10”.

Files and schemas that stand before the first case are laid under each case. The list is
complete: a finding of any other rule that is not in it fails the case, unless the case says
``Also: family/rule``. Deadlines are held against ``Today: 2026-08-02``. A file is taken away
with ``~~~gone PATH``. A fence
``~~~answers`` says what websites answer when asked, on each line an address, its redirects
(``301 ADDRESS``) and a status or a trouble: ``https://a.nl/ 301 https://b.nl/ 200``. Then only
the answers are judged. With ``~~~base PATH``, a file of an earlier revision, the framework is
compared with the small one with those files laid over it. In files,
escapes between ``⟦`` and ``⟧`` stand for bytes that cannot be seen:
``⟦feff⟧`` is that code point, ``⟦byte:ff⟧`` that byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.links.answers import Answer, Hop
from pipeline.rules.links.outside import answered, outsides
from pipeline.rules.registry import rules
from pipeline.rules.rule import fill
from pipeline.rules.run import check_answers, check_framework, findings_of_flaws
from pipeline.text import visible
from tests.support import FIXTURES, MemoryTree, _files, small_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings import Finding

    Files = Mapping[str, str | bytes | OSError]

CASES = Path(__file__).parent.parent / "cases"
FENCE = re.compile(r"^~~~(file|schema|gone|base) (\S.*?)$\n?(.*?)^~~~$", re.MULTILINE | re.DOTALL)
ANSWERS = re.compile(r"^~~~answers$\n(.*?)^~~~$", re.MULTILINE | re.DOTALL)
EXPECTED = re.compile(r"^- (error|warning|notice) (.+?):(\d+):(\d+) (.*(?:\n  .*)*)", re.MULTILINE)
TODAY = re.compile(r"^Today: (\S+)$", re.MULTILINE)
ESCAPE = re.compile("⟦(byte:)?([0-9a-f]+)⟧")


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def all_cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*/*.md")):
        rule = f"{path.parent.name}/{path.stem}"
        common, *parts = re.split(r"^# case: ", path.read_text("utf-8"), flags=re.MULTILINE)
        files = "\n".join(fence[0] for fence in FENCE.finditer(common))
        for part in parts:
            name, _, text = part.partition("\n")
            yield Case(rule, name.strip(), f"{files}\n{text}")


def unescape(text: str) -> bytes:
    data = b""
    last = 0
    for match in ESCAPE.finditer(text):
        data += text[last : match.start()].encode()
        data += bytes.fromhex(match[2]) if match[1] else chr(int(match[2], 16)).encode()
        last = match.end()
    return data + text[last:].encode()


def files_of(case: Case) -> tuple[Files, Files, Files]:
    """Give the files of a case, its schemas, and its files of an earlier revision."""
    files: dict[str, str | bytes | OSError] = {**small_files()}
    schemas: dict[str, str | bytes | OSError] = {**_files(FIXTURES / "klein" / "schemas")}
    earlier: dict[str, str | bytes | OSError] = {}
    for sort, name, content in FENCE.findall(case.text):
        path = unescape(name).decode()
        if sort == "gone":
            files.pop(path, None)
        else:
            {"file": files, "schema": schemas, "base": earlier}[sort][path] = unescape(content)
    return files, schemas, earlier


def run(case: Case) -> tuple[Finding, ...]:
    files, schemas, earlier = files_of(case)
    loaded, flaws = load_schemas(MemoryTree(schemas))
    if loaded is None:
        return findings_of_flaws(flaws)
    today = TODAY.search(case.text)
    framework = load(MemoryTree(files), loaded, today=today[1] if today else "")
    answers = ANSWERS.search(case.text)
    if answers:
        given = dict(read_answer(line) for line in answers[1].splitlines())
        return check_answers(framework, answered(outsides(framework), given))
    base = load(MemoryTree({**small_files(), **earlier}), loaded) if earlier else None
    return check_framework(replace(framework, base=base))


def read_answer(line: str) -> tuple[str, Answer]:
    address, *words, last = line.split()
    hops = tuple(Hop(status=int(code), address=to) for code, to in zip(words[::2], words[1::2], strict=True))
    return address, Answer(status=int(last), hops=hops) if last.isdecimal() else Answer(trouble=last, hops=hops)


def worded(finding: Finding) -> str:
    begin = finding.problem.location.begin
    rule = rules()[finding.rule]
    message = fill(rule.message(finding.problem).nl, finding.problem.parameters, "nl", visible)
    suggestions = finding.problem.parameters.get("suggestions")
    if isinstance(suggestions, tuple) and suggestions:
        message += f" ({', '.join(map(visible, suggestions))}?)"
    return f"{finding.severity.word} {visible(finding.path)}:{begin.line}:{begin.column} {message}"


@pytest.mark.parametrize("case", list(all_cases()), ids=str)
def test_case(case: Case) -> None:
    outside = FENCE.sub("", case.text)
    expected = [" ".join(match[0][2:].split()) for match in EXPECTED.finditer(outside)]
    assert expected or "Finds nothing." in outside, "a case says what it finds"
    also = set(re.findall(r"^Also: (\S+)", outside, re.MULTILINE))
    found = [finding for finding in run(case) if finding.rule not in also]
    assert [" ".join(worded(finding).split()) for finding in found] == expected
    if expected:
        assert case.rule in {finding.rule for finding in found}


@pytest.mark.parametrize("name", list(rules()))
def test_every_rule_has_a_page_and_cases(name: str) -> None:
    rule = rules()[name]
    path = CASES / f"{name}.md"
    assert path.is_file(), "a rule needs cases"
    cases = path.read_text("utf-8")
    assert "\n- " in cases, "a rule needs a case that it finds"
    assert "Finds nothing." in cases, "a rule needs a case that it leaves alone"
    first, _, rest = rule.page.partition("\n\n")
    assert first.endswith("."), "a page starts with one sentence"
    assert "Mend it:" in rest, "a page says how to mend"


def test_every_case_belongs_to_a_rule() -> None:
    assert {case.rule for case in all_cases()} <= set(rules())
