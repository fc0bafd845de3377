from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import event, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.findings import Severity
from pipeline.fixing.overlay import Checked, Rechecker
from pipeline.model.load import load
from pipeline.rules.run import check_framework
from pipeline.sync.proposals.answers import Answers, Given, given, read_answers
from pipeline.sync.proposals.draft import Draft, Drafter, Kept
from pipeline.sync.proposals.entry import Origin
from pipeline.sync.proposals.telling import listed
from tests.support import MemoryTree, small_files
from tests.sync.filled_in import ANSWERS, body_of, form, framework, own_drafter, schemas, tree
from tests.sync.test_tame import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGIN = Origin("https://github.com/gemeente-voorbeeldstad/kader/issues/12", "2026-11-26")
PATH = "content/regels/avg-51-doe-vooraf-een-dpia.md"
TEXT = """\
---
id: urn:klein:regel:avg-51
title: Doe vooraf een DPIA
status: concept
datum: "2026-11-26"
bron: "https://voorbeeldstad.example/dpia"
artikel: "1.2"
aantal: 3
stap:
  - ontwerp
  - monitoring-en-beheer
zie-ook:
  - avg-13
---

## Regel

Doe een DPIA voordat je begint.
"""


def drafter(extra: Mapping[str, str] | None = None) -> Drafter:
    if not extra:
        found, files = framework(), tree()
    else:
        files = MemoryTree({**small_files(), **extra})
        found = load(files, schemas())
    return Drafter(Checked(found, check_framework(found)), Rechecker(files, found))


SMALL = drafter()


def answered(answers: Mapping[str, str] | None = None) -> Given:
    read = read_answers(form(), body_of(answers))
    assert read is not None
    return given(form(), read)


def drafted(answers: Mapping[str, str] | None = None) -> Draft | tuple[str, ...]:
    made = SMALL.draft(form(), answered(answers), ORIGIN)
    return made if isinstance(made, Draft) else listed(made)


def test_answers_become_an_entry() -> None:
    made = drafted()
    assert isinstance(made, Draft)
    assert (made.id, made.path, made.title) == ("urn:klein:regel:avg-51", PATH, "Doe vooraf een DPIA")
    assert made.text == TEXT
    assert made.todo == ()


def test_what_is_left_open_is_left_out() -> None:
    made = drafted({"Stappen": "", "Zie ook": "", "Bron": "", "Aantal": ""})
    assert isinstance(made, Draft)
    assert list(yaml.safe_load(made.text.split("---")[1])) == ["id", "title", "status", "datum", "artikel"]


def test_what_is_not_finished_is_told_and_no_obstacle() -> None:
    made = drafted({"Regel": "Doe een DPIA. " * 20})
    assert isinstance(made, Draft)
    assert made.todo[0].startswith("**Regel**: ")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"Titel": ""}, "**Titel**: Dit is nog leeg. Wat moet er?"),
        ({"Bron": "javascript:alert(1)"}, "**Bron**: `javascript:alert(1)` is geen volledig webadres."),
        ({"Zie ook": "avg-99"}, "**Zie ook**: "),
        ({"Aantal": "0"}, "**Aantal**: "),
        ({"Regel": "Zie {regel:avg-99}."}, "**Regel**: "),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_question(answers: dict[str, str], told: str) -> None:
    found = drafted(answers)
    assert not isinstance(found, Draft)
    assert len(found) == 1
    assert found[0].startswith(told)


# Codes and files


def test_the_code_is_free_and_never_used_before() -> None:
    taken = {"content/regels/avg-51-x.md": TEXT.replace("Doe vooraf een DPIA", "Iets anders")}
    made = drafter(taken).draft(form(), answered(), ORIGIN)
    assert isinstance(made, Draft)
    assert made.id == "urn:klein:regel:avg-52"
    ledger = small_files()["content/ids.csv"].decode() + "urn:klein:regel:avg-60,1.0,actief,\n"
    made = drafter({"content/ids.csv": ledger}).draft(form(), answered(), ORIGIN)
    assert isinstance(made, Draft)
    assert made.id == "urn:klein:regel:avg-61"


def test_other_proposals_keep_their_codes() -> None:
    reserved = {"urn:klein:regel:avg-51", "urn:klein:regel:avg-53", "urn:iets:anders", "<b>"}
    made = SMALL.draft(form(), answered(), ORIGIN, reserved=reserved)
    assert isinstance(made, Draft)
    assert made.id == "urn:klein:regel:avg-54"


def test_an_edited_proposal_keeps_its_file_and_code() -> None:
    kept = Kept("content/regels/avg-55-oude-titel.md", TEXT.replace("avg-51", "avg-55"))
    made = SMALL.draft(form(), answered({"Titel": "Doe achteraf een DPIA"}), ORIGIN, kept=kept)
    assert isinstance(made, Draft)
    assert (made.id, made.path) == ("urn:klein:regel:avg-55", kept.path)


def test_a_code_that_was_taken_in_the_meantime_is_given_up() -> None:
    taken = {"content/regels/avg-55-x.md": TEXT.replace("avg-51", "avg-55").replace("Doe vooraf een", "Iets over de")}
    kept = Kept("content/regels/avg-55-oude-titel.md", TEXT.replace("avg-51", "avg-55"))
    made = drafter(taken).draft(form(), answered(), ORIGIN, kept=kept)
    assert isinstance(made, Draft)
    assert (made.id, made.path) == ("urn:klein:regel:avg-56", "content/regels/avg-56-doe-vooraf-een-dpia.md")


@pytest.mark.parametrize("path", ["pipeline/cli/main.py", "content/regels/../x.md", ".github/workflows/x.yml"])
def test_a_file_elsewhere_is_never_kept(path: str) -> None:
    made = SMALL.draft(form(), answered(), ORIGIN, kept=Kept(path, TEXT))
    assert isinstance(made, Draft)
    assert made.path == PATH


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("../../.github/workflows/x.yml", "content/regels/avg-51-github-workflows-x-yml.md"),
        ("Regel\r\n---\r\nid: x", "content/regels/avg-51-regel-id-x.md"),
        ("日本語", "content/regels/avg-51-naamloos.md"),
        ("a/../b\\..\\c\x00d", "content/regels/avg-51-a-b-c-d.md"),
        ("CON " * 100, "content/regels/avg-51-con-con-con-con-con-con-con-con.md"),
    ],
)
def test_a_title_cannot_choose_a_place(title: str, path: str) -> None:
    made = SMALL.draft(form(), Given({"title": " ".join(title.split())[:70]}, {"Regel": "Doe dit."}, ()), ORIGIN)
    assert not isinstance(made, Draft) or made.path == path


# Whatever anybody writes


WORDED = HOSTILE.map("Doe dit {}".format)
WILD = st.one_of(
    st.fixed_dictionaries({"Titel": WORDED, "Regel": WORDED}),
    st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.one_of(HOSTILE, WORDED), max_size=3),
)


def front_and_body(text: str) -> tuple[object, str]:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    return yaml.safe_load(front), body


@settings(max_examples=150, deadline=None)
@examples(WILD)
def test_any_answers_give_a_valid_entry_or_a_sentence(answers: dict[str, str]) -> None:
    read = read_answers(form(), body_of(answers))
    if read is None:
        return
    values = given(form(), read)
    made = SMALL.draft(form(), values, ORIGIN)
    event(type(made).__name__)
    if not isinstance(made, Draft):
        assert listed(made)
        return
    front, _ = front_and_body(made.text)
    assert isinstance(front, dict)
    asked = {name: list(value) if isinstance(value, tuple) else value for name, value in values.fields.items()}
    own = {"id": made.id, "status": "concept", "artikel": "1.2", "datum": ORIGIN.day}
    assert front == {**asked, **own}
    document = parse_document(made.path, made.text.encode(), layout="document", dialect="commonmark", slugs="github")
    assert document.body is not None
    assert [heading.text for heading in document.body.headings] == ["Regel"]
    assert not document.body.comments


SENSIBLE = {
    "title": "Maak een lijst van alle algoritmes",
    "bron-url": "https://voorbeeldstad.example/x",
    "geraadpleegd-op": "2026-01-02",
    "jaar": "2025",
    "maatregel": "org-02",
    "vereiste": "avg-13",
    "hulpmiddel": "iama",
    "over": "org-02\nurn:nl:ak:ver:avg-13",
}
PROSE = "Schrijf op wat je doet en waarom je dat doet, zodat iedereen het later nog weet."


@settings(max_examples=8, deadline=None)
@examples(st.data())
def test_no_answers_to_our_own_forms_break_the_framework(data: st.DataObject) -> None:
    forms, maker, recheck, before = own_drafter()
    chosen = data.draw(st.sampled_from(forms))
    texts = {item.id: item.options[0][0] if item.options else SENSIBLE.get(item.name, PROSE) for item in chosen.items}
    free = [item.id for item in chosen.items if not item.options and not item.reference and item.name not in SENSIBLE]
    texts |= data.draw(st.dictionaries(st.sampled_from(free), HOSTILE.map(f"{PROSE} {{}} Klaar.".format)))
    texts |= data.draw(st.dictionaries(st.sampled_from(["title", *free]), HOSTILE, max_size=1))
    values = given(chosen, Answers(texts, frozenset(chosen.agreement.items)))
    made = maker.draft(chosen, values, ORIGIN)
    event(type(made).__name__)
    if isinstance(made, Draft):
        found = recheck({made.path: made.text}).findings
        assert not [each for each in found if each.severity is Severity.ERROR and each.fingerprint not in before]
    else:
        assert listed(made)
