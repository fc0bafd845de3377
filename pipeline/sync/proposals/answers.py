"""What somebody filled in: the body of an issue, read with the form that it was made with.

GitHub writes each question as a heading with the answer below it. Whoever edits the issue can
write anything there. So the headings are looked for in the order of the form, each where it stands
first after the one before: an answer that holds a heading can shorten itself, or give away to the next
question what its writer could have written there anyhow. No answer is taken for a field that the
form does not ask.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.model.form import shape
from pipeline.reports.markdown import code
from pipeline.sync.proposals.tame import clean, one_line, tamed, tidy
from pipeline.text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.kinds import Kind
    from pipeline.sync.proposals.forms import IssueForm, Item

LONGEST_BODY: Final = 40_000
LONGEST_LINE: Final = 500
LONGEST_TEXT: Final = 8_000
MOST_LINES: Final = 40
"""Most characters of an issue, of an answer of one line and of one of several; most items of a list."""

_EMPTY: Final = {"_no response_", "none", ""}
_TICKED: Final = re.compile(r"[-*] \[[xX]\] (.*)")
_BULLET: Final = re.compile(r"(?:[-*+•]|[0-9]{1,3}[.)])\s+")
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_BETWEEN: Final = re.compile(r"[,;\s]+")
_LETTER: Final = re.compile(r"[^\W\d_]")

Value = str | int | tuple[str, ...]


class Answers(NamedTuple):
    """What an issue says: the text below each question, by id, and the boxes that are ticked."""

    texts: Mapping[str, str]
    ticked: frozenset[str]


class Problem(NamedTuple):
    """What is wrong with an answer: the question, and a sentence in Markdown."""

    label: str
    sentence: str


class Given(NamedTuple):
    """The answers as values of fields and texts of sections, by name, and what is wrong with them."""

    fields: Mapping[str, Value]
    sections: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_answers(form: IssueForm, body: str) -> Answers | None:
    """Read the body of an issue; nothing where it does not have the form's headings in order."""
    lines = LINE_END.sub("\n", body).split("\n")
    labels = [item.label for item in form.items]
    if form.agreement.items:
        labels.append(form.agreement.label)
    places: list[int] = []
    for label in labels:
        after = places[-1] + 1 if places else 0
        found = next((i for i in range(after, len(lines)) if lines[i].rstrip() == f"### {label}"), None)
        if found is None or (not places and any(line.strip() for line in lines[:found])):
            return None
        places.append(found)
    ends = [*places[1:], len(lines)]
    texts = ["\n".join(lines[start + 1 : end]).strip() for start, end in zip(places, ends, strict=True)]
    ticked = texts.pop().split("\n") if form.agreement.items else []
    marks = (match[1].strip() for line in ticked if (match := _TICKED.fullmatch(line.strip())))
    return Answers(dict(zip((item.id for item in form.items), texts, strict=True)), frozenset(marks))


def given(form: IssueForm, answers: Answers) -> Given:
    """Make values of answers; a question that is left open gives none."""
    fields: dict[str, Value] = {}
    sections: dict[str, str] = {}
    problems: list[Problem] = []
    for item in form.items:
        text = answers.texts[item.id]
        value, wrong = _value(form.kind, item, "" if text.strip().lower() in _EMPTY else text)
        if value in ((), ""):
            wrong = wrong or (missing(item) if item.required else "")
        elif item.name:
            fields[item.name] = value
        else:
            sections[item.question.section] = str(value)
        if wrong:
            problems.append(Problem(item.label, wrong))
    left = [each for each in form.agreement.items if each not in answers.ticked]
    problems += [Problem(form.agreement.label, f"Zet een kruisje voor deze zin: {code(each)}") for each in left]
    return Given(fields, sections, tuple(problems))


def missing(item: Item) -> str:
    """Say that a question is left open."""
    return f"Dit is nog leeg. {item.help}".strip()


def _value(kind: Kind, item: Item, text: str) -> tuple[Value, str]:
    """Give the value of an answer, and what is wrong with it or nothing."""
    longest = LONGEST_LINE if item.widget == "input" else LONGEST_TEXT
    if len(text) > longest:
        return "", f"Dit is te lang. Hier passen hoogstens {longest} tekens."
    if not item.name:
        return tamed(text), ""
    if item.widget == "dropdown":
        return _chosen(item, text)
    if item.multiple:
        words = tuple(dict.fromkeys(_words(item, text)))
        wrong = f"Dit zijn er te veel. Noem er hoogstens {MOST_LINES}." if len(words) > MOST_LINES else ""
        return words[:MOST_LINES], wrong
    return _line(kind, item, one_line(clean(text)))


def _line(kind: Kind, item: Item, line: str) -> tuple[Value, str]:
    """Give the value of an answer of one line."""
    if line and shape(kind.properties[item.name]) == "integer":
        return (int(line), "") if _WHOLE.fullmatch(line) else ("", f"{code(line)} is geen heel getal.")
    if line and item.name in {kind.means.get("title"), kind.means.get("term")} and not _LETTER.search(line):
        return "", f"In {code(line)} staat geen letter. Schrijf woorden."
    return line, ""


def _words(item: Item, text: str) -> Iterator[str]:
    """Give the items of a list: each on a line, references also with a comma between them."""
    for line in tidy(text).split("\n"):
        word = _BULLET.sub("", line.strip(), count=1)
        yield from filter(None, _BETWEEN.split(word) if item.reference else [one_line(word)])


def _chosen(item: Item, text: str) -> tuple[Value, str]:
    """Give the values of the options in an answer; with several, commas stand between them."""
    values = dict(item.options)
    line = " ".join(text.split())
    labels = _split(line, sorted(values, key=len, reverse=True)) if item.multiple else [line] * bool(line)
    unknown = [label for label in labels if label not in values]
    if unknown:
        known = ", ".join(map(code, values))
        return "", f"{code(unknown[0])} staat niet in de lijst. Kies uit: {known}."
    found = tuple(dict.fromkeys(values[label] for label in labels))
    return found if item.multiple else "".join(found), ""


def _split(line: str, labels: Sequence[str]) -> list[str]:
    """Cut a line at its commas, but not inside a label."""
    found: list[str] = []
    while line:
        label = next((each for each in labels if line == each or line.startswith(f"{each}, ")), None)
        if label is None:
            label = line.partition(", ")[0]
        found.append(label)
        line = line[len(label) :].removeprefix(", ")
    return found
