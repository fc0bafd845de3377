"""Entries that lack something: sections, sources, relations, reviews; and files that fell behind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, Also, Change, Seed, mutation
from tests.mutations.words_of import references

if TYPE_CHECKING:
    from tests.mutations.page import Page, Span

SECTION = "completeness/section-missing"


def _section(page: Page) -> Span | None:
    """Give a heading that its kind needs, with something above and below it."""
    needed = {each.heading for each in page.kind.sections if each.required}
    own = [each for each in page.headings if each.text in needed and page.text[page.line_of(each.start) :][:3] == "## "]
    anchors = page.material.texts.decode("utf-8", "replace")
    return page.choose(own[1:], lambda each: f"#{each.text.lower().replace(' ', '-')}" not in anchors)


@mutation(SECTION)
def a_misspelt_heading(page: Page) -> Seed | None:
    """``## Toelichtng``."""
    heading = _section(page)
    if heading is None or len(heading.text) < 6 or not heading.text.isalpha():
        return None
    written = heading.text[:3] + heading.text[4:]
    change = Change(heading.start, heading.end, HERE + written)
    return Seed(changes=(change,), restores=True)


@mutation(SECTION)
def a_heading_of_another_level(page: Page) -> Seed | None:
    """``### Toelichting`` for ``## Toelichting``."""
    heading = _section(page)
    if heading is None:
        return None
    start = page.line_of(heading.start)
    return Seed(changes=(Change(start, start, "#"), Change(heading.start, heading.start, HERE)))


@mutation("completeness/section-empty")
def a_heading_without_a_text(page: Page) -> Seed | None:
    """The text below a heading was taken away."""
    needed = {each.heading for each in page.kind.sections if each.required}
    for heading in page.random.sample(page.headings, len(page.headings)):
        start = page.line_after(heading.end)
        after = re.compile(r"^#{1,2} ", re.MULTILINE).search(page.text, start)
        end = after.start() if after else len(page.text)
        if heading.text in needed and "<!--" not in page.text[start:end] and re.search(r"\w", page.text[start:end]):
            if f"#{heading.text.lower()}" in page.text or re.search(r"^\[|^#", page.text[start:end], re.MULTILINE):
                continue
            return Seed(changes=(Change(heading.start, heading.start, HERE), Change(start, end, "\n" * bool(after))))
    return None


@mutation("completeness/section-length")
def a_section_of_a_few_words(page: Page) -> Seed | None:
    """Two words below a heading that asks for sixty."""
    least = {each.heading: each.least for each in page.kind.sections}
    heading = page.choose(page.headings, lambda each: least.get(each.text, 0) > 9)
    if heading is None:
        return None
    start = page.line_after(heading.end)
    after = re.compile(r"^#{1,2} ", re.MULTILINE).search(page.text, start)
    end = after.start() if after else len(page.text)
    changes = (Change(heading.start, heading.start, HERE), Change(start, end, "\nDoe dit.\n" + "\n" * bool(after)))
    return Seed(changes=changes)


def _without(page: Page, name: str, also: tuple[Also, ...] = ()) -> Seed | None:
    """Take a field away; the finding is at the id."""
    field, identity = page.field(name), page.field("id")
    if field is None or identity is None or name in page.required:
        return None
    changes = (Change(identity.value.start, identity.value.start, HERE), Change(field.line, field.end, ""))
    return Seed(changes=changes, also=also)


@mutation("completeness/url-missing")
def an_instrument_without_an_address(page: Page) -> Seed | None:
    """The field ``url`` is not there."""
    return _without(page, "url") if page.kind.name == "hulpmiddel" and page.material.name == "own" else None


@mutation("completeness/source-missing")
def an_example_without_a_source(page: Page) -> Seed | None:
    """``bron-ontbreekt: true`` for the address of the source."""
    field = page.field("bron-url")
    if field is None or page.kind.name != "voorbeeld":
        return None
    return Seed(changes=(Change(field.line, field.end, f"{HERE}bron-ontbreekt: true\n"),))


@mutation("completeness/review-missing")
def an_adopted_entry_that_nobody_reviewed(page: Page) -> Seed | None:
    """``status: vastgesteld`` without who looked at it."""
    status, name, identity = page.means("status"), page.kind.means.get("checked", ""), page.field("id")
    final = next((word for word, state in page.kind.states.items() if state == "final"), "")
    narrowed = not page.kind.schema.keys().isdisjoint({"if", "allOf"})
    if status is None or identity is None or not final or page.is_list or page.field(name) or narrowed:
        return None
    framework = page.material.framework
    outgoing = framework.outgoing(framework.entries_by_path[page.path][0])
    drafts = {
        each.target.id for each in outgoing if each.target and each.target.state == "draft" and not each.spec.vocabulary
    }
    changes = (
        Change(identity.value.start, identity.value.start, HERE),
        Change(status.value.start, status.value.end, f'{final}\n{name}: "2026-11-23"'),
    )
    also = (Also(rule="references/concept-target", path=page.path),) * len(drafts)
    return Seed(changes=changes, also=also)


@mutation("completeness/review-overdue")
def an_adopted_entry_that_was_checked_long_ago(page: Page) -> Seed | None:
    """``gecontroleerd-op`` of some years ago."""
    status, name = page.means("status"), page.kind.means.get("checked", "")
    identity = page.field("id")
    if status is None or identity is None or not name or page.is_list or page.field(name):
        return None
    if name not in page.kind.properties or page.kind.name not in {"vereiste", "maatregel", "hulpmiddel"}:
        return None
    return Seed(changes=(Change(status.line, status.line, f'{name}: {HERE}"2021-01-01"\n'),))


def _only(page: Page, kind: str, target: str) -> tuple[Span, str] | None:
    """Give an item of a list of references that alone names its target, and the path of that target."""
    if page.kind.name != kind:
        return None
    for word in page.random.sample(references(page), len(references(page))):
        entry = page.material.named(word.to[0], word.by)[word.span.text]
        origins = {each.origin.id for each in page.material.framework.incoming(entry) if each.origin.kind.name == kind}
        if word.to == (target,) and len(origins) == 1:
            return word.span, entry.path
    return None


def _gap(page: Page, kind: str, target: str) -> Seed | None:
    found = _only(page, kind, target)
    if found is None:
        return None
    span, path = found
    field = next(each for each in page.fields if each.line <= span.start < each.end)
    items = page.items(field)
    item = next((each for each in items if each.whole.start <= span.start < each.whole.end), None)
    if item is None or len(items) < 2:
        return None
    entry = page.material.framework.entries_by_path[path]
    node = next(
        (each for each in entry if span.text in {each.code, each.id} or span.text in each.fields.values()), None
    )
    if node is None or node.node is None:
        return None
    text = node.document.source.text
    place = text.index(node.id, node.node.start)
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    if item.flow:
        follows = re.compile(r"\s*,\s*").match(page.text, item.whole.end)
        before = re.compile(r",\s*$").search(page.text, field.value.start, item.whole.start)
        start = item.whole.start if follows else before.start() if before else item.whole.start
        change = Change(start, follows.end() if follows else item.whole.end, "")
    else:
        change = Change(item.line, page.line_after(item.whole.end), "")
    return Seed(changes=(change,), place=(path, line, column), uses=frozenset({path}))


@mutation("completeness/measure-missing")
def the_only_measure_of_a_requirement_taken_away(page: Page) -> Seed | None:
    """A requirement loses the one measure that named it."""
    return _gap(page, "maatregel", "vereiste") if page.material.name == "own" else None


@mutation("completeness/example-missing")
def the_only_example_of_a_measure_taken_away(page: Page) -> Seed | None:
    """A measure at the core loses the one example that named it."""
    if page.material.name != "own" or page.kind.name != "voorbeeld":
        return None
    core = page.material.framework.settings.demands.coverage
    assert core
    found = _only(page, "voorbeeld", "maatregel")
    if found is None:
        return None
    fields = page.material.framework.entries_by_path[found[1]][0].fields.get("sources", {})
    seed, gaps = _gap(page, "voorbeeld", "maatregel"), page.material.schemas.settings.demands.gaps
    if seed is None or gaps is None or not {"ADR", "ARK"} <= fields.keys():
        return None
    return replace(seed, uses=seed.uses | {gaps.file})  # an accepted gap with a typing error may mean this one


@mutation("coverage/gap")
def the_only_measure_of_a_norm_taken_away(page: Page) -> Seed | None:
    """A norm loses the one measure that named it."""
    found = list(re.finditer(r"^  (?:ADR|ARK): \[(.+)\]$", page.text[: page.body], re.MULTILINE))
    match = page.choose([each for each in found if "," in each[1]])
    if match is None or page.kind.name != "maatregel" or page.material.name != "own":
        return None
    words = re.findall(r'"([^"]+)"', match[1])
    table = page.material.named("norm", "field:code")
    for word in words:
        incoming = page.material.framework.incoming(table[word])
        if len({each.origin.id for each in incoming}) == 1:
            rest = ", ".join(f'"{each}"' for each in words if each != word)
            text = page.material.files["content/normen.yaml"].decode()
            place = text.index(table[word].id + "\n")
            line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
            change = Change(match.start(1), match.end(1), rest)
            return Seed(
                changes=(change,), place=("content/normen.yaml", line, column), uses=frozenset({"content/normen.yaml"})
            )
    return None


def _accepted(page: Page, old: str, new: str, *, suggests: str = "") -> Seed | None:
    """Change the file with accepted gaps; any page will do."""
    gaps = page.material.schemas.settings.demands.gaps
    if gaps is None:
        return None
    text = page.material.files[gaps.file].decode()
    match = page.choose(list(re.finditer(old, text)))
    if match is None:
        return None
    line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
    data = f"{text[: match.start()]}{new}{text[match.end() :]}".encode()
    also = tuple(Also(rule=rule, path="", many=True) for rule in ("coverage/gap", "completeness/example-missing"))
    return Seed(files={gaps.file: data}, place=(gaps.file, line, column), suggests=suggests, also=also)


@mutation("coverage/accepted-gap")
def an_accepted_gap_in_a_measure_that_does_not_exist(page: Page) -> Seed | None:
    """``regel: K22``."""
    return _accepted(page, r"(?<=regel: )K\d+", "K22")


@mutation("coverage/accepted-gap")
def an_accepted_gap_of_an_entry_that_does_not_exist(page: Page) -> Seed | None:
    """An id with a typing error."""
    return _accepted(page, r"urn:nl:ak:(?:ver|mtr|ond):\w+(?:-\d+)?(?=[\],])", "urn:nl:ak:ver:xyz-99")


@mutation("coverage/closed-gap")
def an_accepted_gap_that_is_not_there(page: Page) -> Seed | None:
    """A subject beside one that lacks something."""
    if page.kind.name != "onderwerp" or page.material.schemas.settings.demands.gaps is None:
        return None
    entry = page.material.framework.entries_by_path[page.path][0]
    if entry.id.encode() in page.material.files[page.material.schemas.settings.demands.gaps.file]:
        return None
    return _accepted(page, r"(?<=items: \[)(?=urn:nl:ak:ond:)", f"{entry.id}, ")


@mutation("completeness/responsibility-missing")
def a_phase_without_a_division_of_tasks(page: Page) -> Seed | None:
    """The field ``raci`` is not there."""
    return _without(page, "raci") if page.kind.name == "fase" else None


@mutation("coverage/expectation")
def a_scenario_that_expects_too_much(page: Page) -> Seed | None:
    """A scenario expects a requirement that does not apply."""
    match = re.search(r"^  vereisten-niet: \[([\w-]+)\]$", page.text, re.MULTILINE)
    wanted = re.search(r"^  vereisten: \[", page.text, re.MULTILINE)
    if match is None or wanted is None:
        return None
    changes = (
        Change(wanted.end(), wanted.end(), f"{HERE}{match[1]}, "),
        Change(match.start(), page.line_after(match.end()), ""),
    )
    return Seed(changes=changes)


@mutation("derived/stale")
def a_table_that_fell_behind(page: Page) -> Seed | None:
    """A code taken out of a table that a program makes."""
    derived = page.material.schemas.settings.demands.derived
    if not derived:
        return None
    path = derived[0].file
    lines = page.material.files[path].decode().split("\n")
    behind = {finding.problem.location.begin.line - 1 for finding in page.material.base if finding.path == path}
    rows = [
        at for at, line in enumerate(lines) if re.search(r"urn:nl:ak:mtr:\w+-\d\d", line) and at not in {0, *behind}
    ]
    number = page.choose(rows)
    if number is None:
        return None
    lines[number] = re.sub(r"urn:nl:ak:mtr:\w+-\d\d", "", lines[number])
    return Seed(files={path: "\n".join(lines).encode()}, place=(path, number + 1, 1))
