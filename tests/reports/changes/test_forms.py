"""Each form of report, on one comparison."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from pipeline.reports.changes.html import Pair, Piece, marked
from pipeline.reports.changes.json import schema
from pipeline.reports.changes.markdown import in_markdown
from pipeline.text import display_width
from tests.reports.changes.samples import comparison, written
from tests.support import ROOT

TERMINAL = """\
v1.0.0 (0123456) → de bestanden in de map

INGRIJPEND
Wie dit gebruikt of ernaar verwijst, moet misschien iets
aanpassen.

  regel: Wees zorgvuldig (vervangen)
    urn:klein:regel:awb-01
    content/regels/awb-01-wees-zorgvuldig.md
    Status (ingrijpend)
      - concept
      + verouderd
    Opgevolgd door
      + urn:klein:regel:awb-03 (Schrijf helder)

INHOUDELIJK
Hier staat nu iets anders.

  regel: Luister naar mensen (andere naam)
    urn:klein:regel:awb-02
    Bestand (redactioneel)
      - content/regels/awb-02-luister.md
      + content/regels/awb-02-hoor.md
    Stap
      + ontwerp
    Zie ook (redactioneel): andere plaats of volgorde
      ~ awb-01
      ~ avg-13
    # Regel
      - Je moet luisteren naar wie het aangaat.
      + Je mag luisteren naar wie het aangaat.
      - Doe dat binnen 6 weken.
      + Doe dat binnen zes weken, of eerder.
    Kopje
      - Zo doe je dat
      + Zo pak je het aan

  regel: Schrijf helder (nieuw)
    urn:klein:regel:awb-03
    content/regels/awb-03-schrijf.md
    Zie ook
      + Doe vooraf een DPIA (urn:klein:regel:avg-13)
      + Wees zorgvuldig (urn:klein:regel:awb-01)

REDACTIONEEL
Anders geschreven of geordend, met dezelfde betekenis.

  stap: Ontwerp (gewijzigd)
    urn:klein:stap:ont
    content/stappen.yaml
    Alleen de opmaak of de schrijfwijze is anders.

RELATIES, GEZIEN VANAF DE ANDERE KANT

  Doe vooraf een DPIA
    urn:klein:regel:avg-13
    Genoemd door
      + Schrijf helder (urn:klein:regel:awb-03)
  Ontwerp
    urn:klein:stap:ont
    Regels in deze stap
      + Luister naar mensen (urn:klein:regel:awb-02)
  Wees zorgvuldig
    urn:klein:regel:awb-01
    Genoemd door
      + Schrijf helder (urn:klein:regel:awb-03)

NAMEN DIE NIET MEER GELDEN

  Id: urn:klein:regel:awb-01
    → urn:klein:regel:awb-03
    nog gebruikt in:
      content/regels/avg-13-doe-een-dpia.md:9
      content/regels/avg-13-doe-een-dpia.md:19
      content/regels/awb-02-hoor.md:5
      content/regels/awb-03-schrijf.md:5
  Kopje: content/regels/awb-02-hoor.md#zo-doe-je-dat
    → content/regels/awb-02-hoor.md#zo-pak-je-het-aan

DEKKING

  K1: 2 van 3 → 3 van 3

Onderdelen: 1 nieuw, 1 ingetrokken, 1 met een andere naam en
1 gewijzigd. Gewicht: 1 ingrijpend, 2 inhoudelijk en 1
redactioneel.
"""

MARKDOWN = """\
## What changed?

Entries: 1 new, 1 withdrawn, 1 renamed and 1 changed. Weight: 1 breaking, 2 meaning and 1 editorial.

Compared: `v1.0.0 (0123456)` → `the files in the folder`

### Breaking

Whoever uses this or refers to it may have something to change.

- **rule, replaced:** `Wees zorgvuldig` (`urn:klein:regel:awb-01`, `content/regels/awb-01-wees-zorgvuldig.md`)
  - Status (breaking): was `concept`, now `verouderd`
  - Opgevolgd door: added `urn:klein:regel:awb-03 (Schrijf helder)`

### Meaning

This says something else now.

- **rule, renamed:** `Luister naar mensen` (`urn:klein:regel:awb-02`, `content/regels/awb-02-hoor.md`)
  - File (editorial): was `content/regels/awb-02-luister.md`, now `content/regels/awb-02-hoor.md`
  - Stap: added `ontwerp`
  - Zie ook (editorial): another place or order
  - Text of `Regel`: was `Je moet luisteren naar wie het aangaat.`, now `Je mag luisteren naar wie het aangaat.`
"""


def test_terminal_of_60_columns() -> None:
    text = written("terminal", comparison())
    assert text == TERMINAL
    assert max(map(display_width, text.splitlines())) <= 60


def test_the_manual_shows_it() -> None:
    manual = (ROOT / "docs" / "diff.md").read_text("utf-8")
    assert f"<!-- sample -->\n```\n{TERMINAL}```\n" in manual


def test_colours_change_no_words() -> None:
    text = written("terminal", comparison(), colour=True)
    assert "\x1b[" in text
    assert re.sub("\x1b\\[[0-9;]*m", "", text) == TERMINAL


def test_markdown() -> None:
    text = written("markdown", comparison("en"))
    assert text.startswith(MARKDOWN)
    assert text.endswith("### Coverage\n\n- K1: 2 of 3 → 3 of 3\n")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    assert {token.type for token in tokens if token.type.endswith("_open")} == {
        *("heading_open", "paragraph_open", "bullet_list_open", "list_item_open"),
    }


def test_markdown_that_is_too_long_counts_the_rest() -> None:
    whole = in_markdown(comparison(), level=4)
    assert "\n#### Ingrijpend\n" in whole
    short = in_markdown(comparison(), most=600)
    assert len(short) <= 600 + len("\nen nog 99.\n")
    assert short.endswith("\nen nog 9.\n")
    assert short.count("\n- ") + 9 == whole.count("\n- ")


def test_json() -> None:
    data = json.loads(written("json", comparison()))
    Draft202012Validator(json.loads(schema())).validate(data)
    assert data["summary"] == {"added": 1, "removed": 0, "withdrawn": 1, "renamed": 1, "changed": 1}
    assert data["coverage"] == [
        {"measure": "K1", "before": {"covered": 2, "total": 3}, "after": {"covered": 3, "total": 3}}
    ]


class Page(HTMLParser):
    """Collects tags, texts and attributes; void elements have no end."""

    VOID = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.style = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.texts.append(data)


ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "span", "nav", "ul", "li"),
    *("a", "section", "article", "code", "dl", "dt", "dd", "del", "ins", "mark", "small", "strong", "br"),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_html_needs_nothing_else(language: str) -> None:
    page = Page(written("html", comparison(language)))
    assert not page.open
    assert set(page.tags) <= ALLOWED
    attributes = page.attributes
    assert ("lang", language) in attributes
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    [policy] = [value for name, value in attributes if value.startswith("default-src")]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for name, value in attributes if name == "href"} == set(ids)
    assert {value for name, value in attributes if name == "aria-labelledby"} == set(ids)
    assert not {name for name, _ in attributes} & {"src", "style", "onclick", "action"}
    assert "url(" not in page.style


def test_words_that_differ_are_marked() -> None:
    pair = marked("Je moet dit doen.", "Je mag dit doen.")
    assert pair == Pair(
        (Piece("Je ", marked=False), Piece("moet", marked=True), Piece(" dit doen.", marked=False)),
        (Piece("Je ", marked=False), Piece("mag", marked=True), Piece(" dit doen.", marked=False)),
    )
    assert marked("Iets heel anders", "een twee drie vier vijf").old == (Piece("Iets heel anders", marked=False),)


def test_headings_of_the_page_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag in Page(written("html", comparison())).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
