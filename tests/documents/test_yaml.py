from __future__ import annotations

import datetime as dt
import math
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.documents import yaml as module
from pipeline.documents.yaml import DEEPEST, parse_yaml
from pipeline.text import Source

if TYPE_CHECKING:
    from pipeline.documents.document import Node
    from pipeline.findings import Problem


def parsed(text: str) -> tuple[Node | None, list[tuple[str, str, str]]]:
    """Give the root, and each flaw as rule, variant and ``line:column``."""
    root, flaws = parse_yaml(Source(path="x.yaml", text=text))
    return root, [(flaw.rule.partition("/")[2], flaw.problem.variant, place(flaw.problem)) for flaw in flaws]


def place(problem: Problem) -> str:
    begin = problem.location.begin
    return f"{begin.line}:{begin.column}"


def value_of(text: str) -> dict[str, object]:
    root, flaws = parsed(text)
    assert not flaws, flaws
    assert root is not None
    assert isinstance(root.value, dict)
    return root.value


def node_at(text: str, *path: str | int) -> Node:
    root, _ = parse_yaml(Source(path="x.yaml", text=text))
    assert root is not None
    return root.find(path)


def written(text: str, *path: str | int) -> str:
    node = node_at(text, *path)
    return text[node.start : node.end]


def key_written(text: str, *path: str | int) -> str:
    node = node_at(text, *path)
    return text[node.key_start : node.key_end]


# Values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Doe een DPIA", "Doe een DPIA"),
        ("13", 13),
        ("-7", -7),
        ("1.5", 1.5),
        ("2.20", 2.2),
        ("010", 8),
        ("0x1f", 31),
        ("1_000", 1000),
        ("3:46", 226),
        ("true", True),
        ("No", False),
        ("on", True),
        ("y", "y"),
        ("~", None),
        ("null", None),
        ("", None),
        ("2026-08-02", "2026-08-02"),
        ("2026-08-02T10:00:00Z", "2026-08-02T10:00:00Z"),
        ("1e3", "1e3"),
        ("1.0e+3", 1000.0),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1.0e+400", "1.0e+400"),
        ("=", "="),
        ('"13"', "13"),
        ("'true'", "true"),
        ('"a\\tb"', "a\tb"),
        ("'it''s'", "it's"),
    ],
)
def test_a_scalar_means_what_pyyaml_says_except_that_dates_stay_text(text: str, value: object) -> None:
    found = value_of(f"a: {text}\n")
    assert found == {"a": value}
    assert [type(each) for each in found.values()] == [type(value)]


@pytest.mark.parametrize(
    "text", ["9" * 400, "9" * 5000, "0x" + "f" * 400, "1:" * 200 + "1", str(2**64), str(-(2**63) - 1)]
)
def test_a_number_that_programs_cannot_hold_stays_text(text: str) -> None:
    assert value_of(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize("number", [2**64 - 1, -(2**63)])
def test_the_largest_numbers(number: int) -> None:
    assert value_of(f"a: {number}\n") == {"a": number}


# Places


def test_places_of_keys_and_values() -> None:
    text = '---\ntitle: "Wat nu?"  # nog\nrollen:\n  - jurist\n  - {naam: x}\n'
    assert written(text, "title") == '"Wat nu?"'
    assert key_written(text, "title") == "title"
    assert written(text, "rollen") == "- jurist\n  - {naam: x}"
    assert written(text, "rollen", 0) == "jurist"
    assert written(text, "rollen", 1) == "{naam: x}"
    assert key_written(text, "rollen", 1, "naam") == "naam"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_stay_exact_with_every_line_end(end: str) -> None:
    text = end.join(["title: Luister", "tekst: |", "  een", "  twee", "rollen:", "  - jurist", ""])
    assert written(text, "rollen", 0) == "jurist"
    assert written(text, "tekst") == end.join(["|", "  een", "  twee"])
    assert node_at(text, "tekst").value == "een\ntwee\n"


@pytest.mark.parametrize("sign", ["\u2028", "\u0085", "\u2029", "😀", "\u0301"])
def test_places_stay_exact_after_unusual_characters(sign: str) -> None:
    text = f'title: "a{sign}b"\nslug: c\n'
    assert written(text, "slug") == "c"
    assert key_written(text, "slug") == "slug"
    position = Source(path="x", text=text).position(node_at(text, "slug").start)
    assert (position.line, position.column) == (2, 7)


def test_a_byte_order_mark_counts_as_a_character() -> None:
    text = "\ufefftitle: Luister\n"
    assert value_of(text) == {"title": "Luister"}
    assert written(text, "title") == "Luister"


def test_a_part_of_a_text_is_parsed_with_places_in_the_whole() -> None:
    source = Source(path="x.md", text="---\ntitle: Luister\n---\nbody: no\n")
    root, flaws = parse_yaml(source, 4, 19)
    assert not flaws
    assert root is not None
    assert root.value == {"title": "Luister"}
    assert source.text[root.children["title"].start :].startswith("Luister\n---")  # type: ignore[call-overload]


def test_what_was_written_is_kept_beside_what_it_means() -> None:
    assert [(node_at(f"a: {text}\n", "a").raw, node_at(f"a: {text}\n", "a").plain) for text in ("2.20", '"2.20"')] == [
        ("2.20", True),
        ("2.20", False),
    ]


def test_an_absent_value_has_a_place_behind_its_colon() -> None:
    node = node_at("a:\nb: c\n", "a")
    assert (node.start, node.end, node.value) == (2, 2, None)


# Flaws


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", "", "3:1")]),
        ("- a: 1\n  a: 2\n- a: 1\n", [("duplicate-key", "", "2:3")]),
        ('{a: 1, "a": 2}', [("duplicate-key", "", "1:8")]),
        ("a: &x b\n", [("alias", "anchor", "1:4")]),
        ("a: &x b\nc: *x\n", [("alias", "alias", "2:4")]),
        ("a: *x\n", [("alias", "alias", "1:4")]),
        ("a: !!str 3\n", [("alias", "tag", "1:4")]),
        ("a: !Let op\n", [("alias", "tag", "1:4")]),
        ("a: !x {b: c}\n", [("alias", "tag", "1:4")]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", [("alias", "merge", "3:3")]),
        ("a:\n  <<: [*x, *y]\n", [("alias", "merge", "2:3")]),
        ('"<<": a\n', []),
        ("a: 1\n---\nb: 2\n", [("invalid-yaml", "several", "2:1")]),
        ("{a: b}: c\n", [("invalid-yaml", "complex-key", "1:1")]),
        ("? [a]\n: b\n", [("invalid-yaml", "complex-key", "1:3")]),
        ("a: {{ b }}\n", [("invalid-yaml", "braces", "1:4")]),
        ("?\n: b\n", [("invalid-yaml", "no-name", "1:2")]),
        ("a: <!-- b -->\n", [("html-comment", "", "1:4")]),
        ("a: 1\n<!-- b -->\n", [("html-comment", "", "2:1")]),
        ("# <!-- b -->\na: c # d: <!-- e -->\n", []),
    ],
)
def test_flaws(text: str, flaws: list[tuple[str, str, str]]) -> None:
    assert parsed(text)[1] == flaws


def test_an_alias_names_the_place_it_repeats() -> None:
    _, flaws = parse_yaml(Source(path="x", text="a: &x b\nc: *x\n"))
    assert [related.text for related in flaws[0].problem.related] == ["&x"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: DPIA: wat nu?\nstatus: x\n", "colon 1:12"),
        ("tekst: dit is een\n  lange tekst: met punt\nb: c\n", "colon 2:14"),
        ("title:Doe een DPIA\nstatus: x\n", "no-space 1:6"),
        ("id: x\ntitle:Doe\nstatus: x\n", "no-space 2:6"),
        ("title:\u00a0Doe\nstatus: x\n", "no-space 1:6"),
        ("title Doe\nstatus: x\n", "no-colon 1:1"),
        ("title = Doe\n\n\nstatus: x\n", "no-colon 1:1"),
        ("id: x\nrollen\n  - jurist\nb: c\n", "no-colon 2:1"),
        ("tekst: dit is een\nlange tekst\nb: c\n", "no-colon 2:1"),
        (": x\nb: c\n", "no-name 1:1"),
        ("l:\n  - a\n  -b\nc: d\n", "no-dash-space 3:3"),
        ('title: "Doe\nstatus: x\n', "quote 1:8"),
        ('title: "Doe\nstatus: "x"\nb: c\n', "quote 1:8"),
        ("title: 'Foto's van wie'\nb: c\n", "after-quote 1:14"),
        ('title: "De "AVG" en jij"\nb: c\n', "after-quote 1:13"),
        ("rollen: [jurist, beheer\nb: c\n", "bracket 1:9"),
        ("b: c\nrollen: [jurist, beheer\n", "bracket 2:9"),
        ("a: {b: c\nd: e\n", "bracket 1:4"),
        ('rollen: ["jurist" "beheer"]\nb: c\n', "comma 1:19"),
        ("rollen: [jurist]]\nb: c\n", "after-bracket 1:17"),
        ("title: [naam] doet iets\nb: c\n", "after-bracket 1:15"),
        ("rollen:\n    - jurist\n  - beheer\nb: c\n", "indent 3:3"),
        ("  title: x\nstatus: c\n", "indent 2:1"),
        ("rollen:\n  - jurist\n  status: y\n", "indent 3:3"),
        ("l:\n  - a: b\n   c: d\n", "indent 3:4"),
        ("title: x\n  status: y\n", "indented 2:3"),
        ("id: y\n\n status: x\n", "indented 3:2"),
        ("title: x\n- jurist\nb: c\n", "stray-item 2:1"),
        ("rollen: - jurist\n  - x\nb: c\n", "dash 1:9"),
        ("rollen:\n  * jurist\n  * x\nb: c\n", "bullet 2:3"),
        ("title: **vet**\nb: c\n", "start 1:8"),
        ("title: *vet* en meer\nb: c\n", "start 1:8"),
        ("title: & co\nb: c\n", "start 1:8"),
        ("title: @burger\nb: c\n", "start 1:8"),
        ("title: `code`\nb: c\n", "start 1:8"),
        ("deel: %50\nb: c\n", "start 1:7"),
        ("title: | tekst\nb: c\n", "start 1:8"),
        ("title: > 18 jaar\nb: c\n", "start 1:8"),
        ("title: ? wat\nb: c\n", "start 1:8"),
        ("rollen:\n\t- jurist\nb: c\n", "tab 2:1"),
        ("rollen:\n  - a\n\t- b\n", "tab 3:1"),
        ("rollen:\n\u00a0\u00a0- jurist\nb: c\n", "blank 2:1"),
        ('pad: "C:\\Documenten"\nb: c\n', "escape 1:9"),
        ("title: éé\x07b\nb: c\n", "control 1:10"),
        ("title: a\x00b\nb: c\n", "control 1:9"),
        ("title: a\ufffe\n", "control 1:9"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_mistakes_of_editors_are_told_where_they_are(text: str, expected: str, end: str) -> None:
    root, flaws = parsed(text.replace("\n", end))
    assert root is None
    assert [f"{variant} {where}" for _, variant, where in flaws] == [expected]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("title: DPIA: wat nu?  \nb: c\n", 'title: "DPIA: wat nu?"  \nb: c\n'),
        ('- title: de "AVG": ja\n', '- title: "de \\"AVG\\": ja"\n'),
        ("title:Doe\nb: c\n", "title: Doe\nb: c\n"),
        ("title:\u00a0Doe\nb: c\n", "title: Doe\nb: c\n"),
        ("title: @burger\n", 'title: "@burger"\n'),
    ],
)
def test_a_mistake_with_one_likely_repair_comes_with_it(text: str, mended: str) -> None:
    _, flaws = parse_yaml(Source(path="x", text=text))
    fix = flaws[0].problem.fix
    assert fix is not None
    assert not fix.safe
    (edit,) = fix.edits
    assert text[: edit.location.start] + edit.replacement + text[edit.location.end :] == mended
    assert not parse_yaml(Source(path="x", text=mended))[1]


@pytest.mark.parametrize("text", ["a: b: c # d\n", "een tekst: met een: punt\nb: c\n"])
def test_a_mistake_that_may_be_mended_in_several_ways_comes_without_repair(text: str) -> None:
    _, flaws = parse_yaml(Source(path="x", text=text))
    assert [flaw.problem.fix for flaw in flaws] == [None]


# Hostile input


def test_aliases_are_never_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 100)]
    started = time.perf_counter()
    root, flaws = parsed("\n".join(lines))
    assert time.perf_counter() - started < 2
    assert root is not None
    assert root.value["a99"] == [None] * 10
    assert {variant for _, variant, _ in flaws} == {"alias", "anchor"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "- " * 10_000,
        '{"a":' * 10_000,
        "".join(f"{' ' * n}a:\n" for n in range(1000)),
        "? " * 10_000,
    ],
)
def test_nesting_stops_at_a_limit(text: str) -> None:
    root, flaws = parsed(text)
    assert root is None
    assert [(rule, variant) for rule, variant, _ in flaws] == [("too-large", "depth")]


def test_nesting_up_to_the_limit_is_read() -> None:
    text = "[" * DEEPEST + "]" * DEEPEST
    assert not parsed(text)[1]
    assert parsed(f"[{text}]")[1] == [("too-large", "depth", f"1:{DEEPEST + 1}")]


def test_the_number_of_values_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NODES", 1000)
    assert parsed("- a\n" * 1001) == (None, [("too-large", "values", "1001:3")])
    assert not parsed("- a\n" * 999)[1]


LONG = 120_000


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "x" * LONG,
        "a: " + "9" * LONG,
        "a: " + "1:" * (LONG // 2),
        "a: " + " " * LONG + "b",
        "a: <!-- " + "- " * (LONG // 2),
        ":" + " " * LONG,
        ": \t" * (LONG // 3),
        "\n" * LONG + "a: b: c",
        "a: b\n" + "\n" * LONG + "  c: d",
        "- " + "&a " * 10_000,
        "a: [" + "*b, " * (LONG // 8) + "]",
        "- *a\n" * (LONG // 10),
        "<<: *a\n" * (LONG // 14),
        "a: b\n" * (LONG // 10),
        '"' + "\\" * LONG,
        "'" * LONG,
        "a:\n" + "  - <!-- \n" * (LONG // 10),
        "---\n" * (LONG // 4),
        "\ufeff" * (LONG // 3),
    ],
    ids=lambda text: repr(text[:8]),
)
def test_much_of_anything_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    parse_yaml(Source(path="x", text=text))
    assert time.perf_counter() - started < 2


SIGNS = "abé- :,[]{}#&*!|>'\"%@`?\\\t\n\r \u00a0\u0085\u2028\ufeff\x00\x07<\U0001f600"
WORDS = ["\r\n", ": ", "- ", "<!-- ", "<<: ", "---\n", "title: ", "\n  ", "*a", "&a ", "{{ ", "9" * 400]
PIECES = st.sampled_from([*SIGNS, *WORDS])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@example("a: &a [*a]\n")
@example("<<: *a\n")
@example("? a\n? b\n")
def test_any_text_gives_a_tree_or_a_flaw_within_it(text: str) -> None:
    root, flaws = parse_yaml(Source(path="x", text=text))
    for flaw in flaws:
        location = flaw.problem.location
        assert 0 <= location.start <= location.end <= len(text)
        assert location.begin <= location.finish
    for _, node in root.walk() if root else ():
        assert 0 <= node.start <= node.end <= len(text)
        assert -1 <= node.key_start <= node.key_end <= len(text)


@given(st.lists(PIECES).map("".join))
def test_the_parser_of_pyyaml_itself_serves_too(text: str) -> None:
    # Where PyYAML came without libyaml: other words in its messages, the same values.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_Loader", yaml.SafeLoader)
        slow, flaws = parse_yaml(Source(path="x", text=text))
    fast, quick = parse_yaml(Source(path="x", text=text))
    if not flaws and not quick and "\ufeff" not in text:
        assert (slow and slow.value) == (fast and fast.value)


# Values of every sort, written in every style

SCALARS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
    st.text("ab: #-'\"\n[]{}é\u2028", max_size=12),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.dates().map(str),
    st.sampled_from(["2.20", "no", "~", "1e3", "010", "=", "<<", "&a", "*a", "!a"]),
)
KEYS = st.text("abcé-_ :#'", min_size=1, max_size=8).filter(lambda key: key.strip() == key)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(KEYS, below, max_size=4)),
    max_leaves=12,
)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


def dumped(value: object, *, style: str | None, flow: bool | None, width: int) -> str:
    return str(yaml.dump(value, default_style=style, default_flow_style=flow, width=width, allow_unicode=True))


def without_dates(value: object) -> object:
    """Write the dates of PyYAML as they were written."""
    if isinstance(value, dict):
        return {str(key): without_dates(below) for key, below in value.items()}
    if isinstance(value, list):
        return [without_dates(below) for below in value]
    if isinstance(value, dt.date):
        return str(value)
    return value


@settings(deadline=None)
@given(VALUES, st.sampled_from([False, True, None]), st.sampled_from([10, 80]))
def test_the_values_are_those_of_pyyaml(value: object, flow: bool | None, width: int) -> None:  # noqa: FBT001
    text = dumped(value, style=None, flow=flow, width=width)
    root, flaws = parse_yaml(Source(path="x", text=text))
    assert not flaws
    found = root.value if root else None
    assert found == without_dates(yaml.safe_load(text))


@settings(deadline=None)
@given(VALUES, STYLES, st.sampled_from([False, True]), st.sampled_from([10, 80]))
def test_each_scalar_is_found_again_at_its_place(value: object, style: str | None, flow: bool, width: int) -> None:  # noqa: FBT001
    text = dumped(value, style=style, flow=flow, width=width)
    if "!!" in text:
        return  # PyYAML tags what a style cannot say
    root, flaws = parse_yaml(Source(path="x", text=text))
    assert not flaws
    for _, node in root.walk() if root else ():
        slice_ = text[node.start : node.end]
        if node.children or isinstance(node.value, (dict, list)):
            continue
        if slice_[:1] in {"|", ">"}:
            assert isinstance(node.value, str)
            continue
        again = yaml.safe_load(slice_) if slice_ else None
        assert same(without_dates(again), node.value), (text, slice_)


def same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other)
    return one == other


def test_the_path_of_each_node_leads_to_it() -> None:
    text = "a:\n  - b: 1\n    c: [2, 3]\nd: {e: 4}\n"
    root, _ = parse_yaml(Source(path="x", text=text))
    assert root is not None
    paths = [path for path, _ in root.walk()]
    assert paths == [
        (),
        ("a",),
        ("a", 0),
        ("a", 0, "b"),
        ("a", 0, "c"),
        ("a", 0, "c", 0),
        ("a", 0, "c", 1),
        ("d",),
        ("d", "e"),
    ]
    assert all(root.find(path) is node for path, node in root.walk())
    assert root.find(("a", 7, "b")) is root.find(("a",))
    assert root.child(0) is None
    assert root.find(("a",)).child(-1) is None
