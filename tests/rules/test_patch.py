"""An outcome that is patched is the outcome of a whole check: over every kind of mistake, made and mended."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.model.load import load
from pipeline.rules.felt import ANYWHERE, linked_headings, states_of
from pipeline.rules.nearest import Names, title_matters
from pipeline.rules.patch import Around, patched
from pipeline.rules.run import inspected, outcome_of
from tests.mutations.material import NAMES, OTHER, TODAY, material
from tests.mutations.sow import DEFAULT, beds, composed
from tests.support import MemoryTree, needs_corpus, small_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from tests.mutations.material import Material

MATERIALS = [pytest.param(name, marks=needs_corpus if name == OTHER else ()) for name in NAMES]
TRIED = 30
"""Pages of each material whose mistakes are made, and mended, by themselves."""


class Checked:
    """Files with what a whole check says of them; documents are parsed once."""

    def __init__(
        self, where: Material, files: Mapping[str, bytes], known: Mapping[str, Document] | None = None
    ) -> None:
        self.where = where
        self.files = files
        self.known = known or {}
        self.framework: Framework = load(
            MemoryTree(files), where.schemas, known=self._known, inspect=inspected, today=TODAY
        )
        self.outcome = outcome_of(self.framework)

    def _known(self, path: str, _: Kind) -> Document | None:
        document = self.known.get(path)
        return document if document and document.source.text.encode() == self.files[path] else None

    def changed(self, path: str, data: bytes) -> tuple[Outcome | None, Checked]:
        """Give the outcome after a change of one file, patched, and a whole check."""
        documents = self.framework.documents_by_path
        whole = Checked(self.where, {**self.files, path: data}, documents)
        kind = self.where.schemas.claim(path)
        gaps = self.where.schemas.settings.demands.gaps
        text = self.files.get(gaps.file, b"").decode() if gaps else ""
        linked, states = linked_headings(self.framework.documents), states_of(self.framework)
        around = Around(linked, states, text, self.framework.files, documents.get)
        new = read(path, data, kind) if kind else None
        return patched(self.outcome, documents[path], new, self.where.schemas, around) if new else None, whole


def read(path: str, data: bytes, kind: Kind) -> Document:
    markdown = kind.markdown
    document = parse_document(path, data, layout=kind.files.layout, dialect=markdown.dialect, slugs=markdown.slugs)
    return inspected(document, kind)


@cache
def checked(name: str) -> Checked:
    return Checked(material(name), material(name).files, {})


def told(outcome: Outcome) -> list[object]:
    """Give all there is to an outcome, without the texts of whole files."""
    hidden = sorted(outcome.hidden, key=lambda each: each.order)
    return [outcome.crowded, outcome.files, outcome.entries, *_told(outcome.findings), *_told(hidden)]


def _told(found: Sequence[Finding]) -> list[object]:
    """Give all there is to a finding."""

    def place(each: object) -> object:
        path, start, end = each.source.path, each.start, each.end  # type: ignore[attr-defined]
        return path, start, end, each.text  # type: ignore[attr-defined]

    return [
        (
            finding.rule,
            finding.severity,
            finding.entry,
            finding.fingerprint,
            finding.problem.variant,
            finding.problem.field,
            sorted(finding.problem.parameters.items()),
            place(finding.problem.location),
            [place(each) for each in finding.problem.related],
            finding.problem.fix
            and (finding.problem.fix.title, [(place(each.location), each[1]) for each in finding.problem.fix.edits]),
        )
        for finding in found
    ]


@pytest.mark.parametrize("name", MATERIALS)
@pytest.mark.parametrize("among", ["sound pages", "other mistakes"])
def test_a_mistake_made_or_mended(name: str, among: str) -> None:
    bed = next(iter(beds(material(name), DEFAULT)))
    sound, wrong = checked(name), Checked(material(name), bed.files, checked(name).framework.documents_by_path)
    quick = 0
    sown = [each for each in bed.sown if not each.seed.files and each.page.path in wrong.framework.documents_by_path]
    for each in Random(DEFAULT).sample(sown, min(TRIED, len(sown))):  # noqa: S311 - no secret hangs on it
        path, others = each.page.path, [one for one in bed.pages[each.page.path] if one is not each]
        start, made = (sound, [each]) if among == "sound pages" else (wrong, others)
        outcome, whole = start.changed(path, composed(each.page, made).text.encode() if made else sound.files[path])
        if outcome is not None:
            quick += 1
            assert told(outcome) == told(whole.outcome), each.mutation
    assert quick > TRIED // 10


TITLES = ["Nieuw", "Risico's en maatregelen", "Doe een DPIA", "avg-13"]


@pytest.mark.parametrize("name", MATERIALS)
def test_other_titles_fields_and_headings_among_mistakes(name: str) -> None:
    chance = Random(DEFAULT)  # noqa: S311 - no secret hangs on it
    bed = next(iter(beds(material(name), DEFAULT + 1)))
    start = Checked(material(name), bed.files, checked(name).framework.documents_by_path)
    pages = sorted(path for path in start.framework.documents_by_path if path.endswith(".md"))
    quick: dict[str, int] = {"title: ": 0, "\n## ": 0}
    for path in chance.sample(pages, min(TRIED // 3, len(pages))):
        for before in quick:
            text = start.files[path].decode(errors="replace")
            data = text.replace(before, f"{before}{chance.choice(TITLES)} ", 1).encode()
            if data == start.files[path]:
                continue
            outcome, whole = start.changed(path, data)
            if outcome is not None:
                quick[before] += 1
                assert told(outcome) == told(whole.outcome), (path, before)
    assert all(quick.values())


WORDS = st.lists(st.sampled_from(["awb", "01", "02", "risico", "risicos", "dpia", "doe", "een"]), max_size=3)
NAMES_OF_ENTRIES = WORDS.map("-".join)
TITLES_OF_ENTRIES = WORDS.map(" ".join)


@settings(max_examples=300)
@given(
    st.dictionaries(NAMES_OF_ENTRIES, TITLES_OF_ENTRIES, min_size=1, max_size=5), NAMES_OF_ENTRIES, TITLES_OF_ENTRIES
)
def test_a_title_that_does_not_matter_changes_no_suggestion(names: dict[str, str], key: str, title: str) -> None:
    changed = min(names)
    if not title_matters([key], names[changed]) and not title_matters([key], title):
        assert Names(names).near(key) == Names({**names, changed: title}).near(key)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("awb-01.md#kop", "awb-01"),
        ("../regels/awb-01/#kop", "awb-01"),
        ("../AWB-01.html#kop", "awb-01"),
        ("awb-01/index.html#kop", "awb-01"),
        ("awb%2D01.md?x#kop", "awb-01"),
        ("..#kop", ANYWHERE),
        ("./#kop", ANYWHERE),
    ],
)
def test_a_page_with_a_heading_that_is_linked_to_is_known(address: str, name: str) -> None:
    kind = small_schemas().kinds["regel"]
    assert name in linked_headings([read("content/regels/x.md", f"[a]({address})\n".encode(), kind)])
