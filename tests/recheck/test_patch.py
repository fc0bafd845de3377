"""An outcome that is patched is the outcome of a whole check: over every kind of mistake, made and mended."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.rules.nearest import Names, Newcomer, title_matters
from tests.mutations.material import material
from tests.mutations.sow import DEFAULT, beds, composed
from tests.recheck.materials import MADE_WRONG
from tests.recheck.support import Checked, checked

TRIED = 30
"""Pages of each material whose mistakes are made, and mended, by themselves."""


@pytest.mark.parametrize("name", MADE_WRONG)
@pytest.mark.parametrize("among", ["sound pages", "other mistakes"])
def test_a_mistake_made_or_mended(name: str, among: str) -> None:
    bed = next(iter(beds(material(name), DEFAULT)))
    sound, wrong = checked(name), Checked(material(name), bed.files, checked(name))
    quick = 0
    sown = [each for each in bed.sown if not each.seed.files and each.page.path in wrong.framework.documents_by_path]
    for each in Random(DEFAULT).sample(sown, min(TRIED, len(sown))):  # noqa: S311 - no secret hangs on it
        path, others = each.page.path, [one for one in bed.pages[each.page.path] if one is not each]
        start, made = (sound, [each]) if among == "sound pages" else (wrong, others)
        after = start.changed(path, composed(each.page, made).text.encode() if made else sound.files[path])
        quick += after.is_quick
    assert quick > TRIED // 10


TITLES = ["Nieuw", "Risico's en maatregelen", "Doe een DPIA", "avg-13"]


@pytest.mark.parametrize("name", MADE_WRONG)
def test_other_titles_fields_and_headings_among_mistakes(name: str) -> None:
    chance = Random(DEFAULT)  # noqa: S311 - no secret hangs on it
    bed = next(iter(beds(material(name), DEFAULT + 1)))
    start = Checked(material(name), bed.files, checked(name))
    pages = sorted(path for path in start.framework.documents_by_path if path.endswith(".md"))
    quick: dict[str, int] = {"title: ": 0, "\n## ": 0}
    for path in chance.sample(pages, min(TRIED // 3, len(pages))):
        for before in quick:
            text = start.files[path].decode(errors="replace")
            data = text.replace(before, f"{before}{chance.choice(TITLES)} ", 1).encode()
            if data == start.files[path]:
                continue
            quick[before] += start.changed(path, data).is_quick
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


@settings(max_examples=300)
@given(
    st.dictionaries(NAMES_OF_ENTRIES.filter(bool), TITLES_OF_ENTRIES, min_size=1, max_size=8),
    NAMES_OF_ENTRIES.filter(bool),
    NAMES_OF_ENTRIES.filter(bool),
)
def test_a_name_that_does_not_matter_changes_no_suggestion(names: dict[str, str], key: str, name: str) -> None:
    title = "Doe een DPIA"
    before = Names(names).near(key)
    if name not in names and not any(Newcomer(each).matters(key, before) for each in (name, title)):
        assert Names({**names, name: title}).near(key) == before
