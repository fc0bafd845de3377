from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.exports.addresses import Addresses, BodyLinks, safe_path
from pipeline.exports.artifact import Context
from pipeline.exports.site import export
from pipeline.exports.site.fields import word_of
from pipeline.exports.site.frame import web_address
from pipeline.exports.site.words import dutch, dutch_date, lowered, natural
from pipeline.model.load import load
from tests.exports.test_html import VECTORS
from tests.support import CORPUS, ROOT, MemoryTree, _files, needs_corpus, schemas_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas

CONTEXT = Context(version="1.2.0", revision="0123456789abcdef", date="2026-08-02")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

SETTINGS = {
    "name": {"nl": "Klein kader", "en": "Small framework"},
    "description": {"nl": "Om mee te testen.", "en": "To test with."},
    "folders": ["content"],
    "markdown": {"dialect": "commonmark", "slugs": "github", "html": False},
    "site": {
        "url": "https://klein.example/kader/",
        "root": "content",
        "pages": "directory",
        "repository": "https://github.com/voorbeeldstad/kader",
        "branch": "main",
    },
    "disclaimer": {"nl": "Dit is nog niet af.", "en": "This is not finished."},
    "feedback": "https://meld.example/?t={title}&i={id}&v={version}&p={path}",
    "license": "EUPL-1.2",
}


def text(nl: str) -> dict[str, str]:
    return {"nl": nl, "en": f"{nl} (en)"}


def kind(name: str, many: str, files: dict[str, object], properties: dict[str, object], **rest: object) -> str:
    return json.dumps(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "description": f"Uitleg over {many}.",
            "x-kind": name,
            "x-labels": {"nl": {"one": name, "many": many}, "en": {"one": name, "many": many}},
            "x-files": files,
            "x-id": {"field": "id", "template": f"urn:{name}:{{code}}"},
            "type": "object",
            "properties": {
                "id": {"type": "string", "x-label": text("Id")},
                "title": {"type": "string", "x-means": "title", "x-label": text("Titel")},
                "kort": {"type": "string", "x-means": "summary", "x-label": text("Kort")},
                "status": {
                    "enum": ["concept", "klaar", "oud", "weg"],
                    "x-label": text("Status"),
                    "x-means": "status",
                    "x-states": {"concept": "draft", "klaar": "final", "oud": "replaced", "weg": "withdrawn"},
                },
                **properties,
            },
            **rest,
        }
    )


def to(kind_name: str, inverse: str = "", by: str = "code", keyword: str = "x-reference") -> dict[str, object]:
    found: dict[str, object] = {"to": kind_name, "by": by}
    if inverse:
        found["inverse"] = {"name": inverse.lower().replace(" ", "-"), **text(inverse)}
    return {"type": "string", keyword: found}


SCHEMAS = {
    "framework.json": json.dumps(SETTINGS),
    "taak.schema.json": kind(
        "taak",
        "taken",
        {"layout": "document", "folder": "content/taken", "name": "{code}"},
        {
            "wetten": {
                "x-label": text("Grondslag"),
                "type": "array",
                "items": {
                    "type": "object",
                    "x-citation": {"source": "wet", "locator": "artikel"},
                    "properties": {
                        "wet": {**to("wet", "Taken uit deze wet"), "x-label": text("Wet")},
                        "artikel": {"type": "string"},
                        "kern": {"type": "boolean", "x-label": text("Kern")},
                    },
                },
            },
            "na": {
                "x-label": text("Komt na"),
                "type": "array",
                "items": {
                    "anyOf": [
                        to("taak", "Gaat vooraf aan"),
                        {
                            "type": "object",
                            "properties": {
                                "taak": to("taak", "Gaat vooraf aan"),
                                "hoe": {"type": "string", "x-label": text("Hoe")},
                            },
                        },
                    ]
                },
            },
            "soort": {
                "enum": ["groot", "klein"],
                "x-label": text("Soort"),
            },
            "datum": {"type": "string", "format": "date", "x-label": text("Datum")},
            "af": {"type": "boolean", "x-label": text("Af")},
            "meer": {"type": "object", "x-label": text("Meer"), "properties": {"url": {"x-label": text("Adres")}}},
            "twijfel": {"type": "array", "x-means": "uncertainty", "x-label": text("Niet zeker")},
            "herkomst": {"type": "array", "x-means": "origin", "x-label": text("Herkomst")},
            "gelezen": {"type": "string", "x-means": "checked", "x-label": text("Gelezen op")},
            "nu": {
                "type": "array",
                "x-means": "successor",
                "x-label": text("Nu"),
                "items": to("taak", "Vroeger", "id"),
            },
        },
        **{"x-site": {"order": 1, "group": "soort"}},
    ),
    "wet.schema.json": kind(
        "wet",
        "wetten",
        {"layout": "list", "file": "content/wetten.yaml"},
        {
            "afkorting": {"type": "string", "x-means": "group", "x-label": text("Afkorting")},
            "nummer": {"type": "string", "x-identifier": "celex", "x-label": text("Nummer")},
            "plaats": {"type": "integer", "x-means": "order"},
        },
        **{"x-site": {"order": 2}},
    ),
    "woord.schema.json": kind(
        "woord",
        "woorden",
        {"layout": "document", "folder": "content/woorden", "name": "{code}"},
        {"woord": {"type": "string", "x-means": "term", "x-label": text("Woord")}},
        **{"x-site": {"order": 3, "page": "glossary"}},
    ),
    "tekst.schema.json": kind(
        "tekst",
        "teksten",
        {"layout": "document", "folder": "content/teksten", "name": "{code}"},
        {},
        **{"x-site": {"order": 4, "page": "page"}},
    ),
    "geheim.schema.json": kind(
        "geheim",
        "geheimen",
        {"layout": "document", "folder": "content/geheim", "name": "{code}"},
        {},
        **{"x-site": {"hidden": True}},
    ),
}

ONE = """---
id: urn:taak:a-1
title: Eerste taak
kort: Wat je het eerst doet.
status: concept
wetten:
  - {wet: avg, artikel: "35.1", kern: true}
  - {wet: avg}
na:
  - {taak: a-2, hoe: snel}
  - a-10
  - a-99
soort: klein
datum: 2026-03-01
af: true
meer: {url: "https://a.example/b?c=1&d=2"}
twijfel: [Of dit klopt.]
herkomst: [eigen werk]
gelezen: 2026-04-05
---

## Wat

Zie {wet:avg:35.1.a}, {taak:a-2}, {woord:dpia}, {geheim:x} en {taak:a-99}.
Lees [de tweede](a-2.md#hoe), [het woord](../woorden/dpia.md), [de wetten](../wetten.yaml), [alle taken](./),
[over ons](https://klein.example/kader/teksten/over/), [elders](https://b.example/) en [een bestand](x.pdf).
"""

FILES = {
    "content/taken/a-1.md": ONE,
    "content/taken/a-2.md": "---\nid: urn:taak:a-2\ntitle: Tweede\nstatus: klaar\nsoort: groot\n---\n\n## Hoe\n\nZo.\n",
    "content/taken/a-10.md": '---\nid: urn:taak:a-10\ntitle: Oude\nstatus: oud\nnu: ["urn:taak:a-2"]\n---\n\nTekst.\n',
    "content/taken/x.pdf": "",
    "content/wetten.yaml": (
        "- {id: urn:wet:avg, title: Verordening, status: klaar, afkorting: AVG, nummer: 32016R0679, plaats: 2}\n"
        "- {id: urn:wet:awb, title: Bestuursrecht, status: klaar, plaats: 1}\n"
    ),
    "content/woorden/dpia.md": (
        "---\nid: urn:woord:dpia\ntitle: DPIA (onderzoek)\nwoord: DPIA\nstatus: concept\n---\n\n"
        "## Kop\n\nUitleg, zie [boven](#kop).\n"
    ),
    "content/teksten/over.md": "---\nid: urn:tekst:over\ntitle: Over ons\nkort: Wie.\nstatus: klaar\n---\n\nProza.\n",
    "content/geheim/x.md": "---\nid: urn:geheim:x\ntitle: Geheim\n---\n",
}


@cache
def schemas(changes: str = "{}") -> Schemas:
    """Load the schemas above; ``changes`` are settings, as JSON."""
    return schemas_of({**SCHEMAS, "framework.json": json.dumps({**SETTINGS, **json.loads(changes)})})


def framework(changes: Mapping[str, str] | None = None, settings_: Mapping[str, object] | None = None) -> Framework:
    return load(MemoryTree({**FILES, **(changes or {})}), schemas(json.dumps(settings_ or {})), keep_tokens=True)


def pages(made: Framework | None = None) -> dict[str, str]:
    artifacts = export(made or framework(), CONTEXT)
    return {artifact.name.removeprefix("site/"): artifact.content.decode() for artifact in artifacts}


class Page(HTMLParser):
    """A page's tags and attributes, words, ids and links, checked for balance."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: list[tuple[str, ...]] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *(name for name, _ in attrs)))
        assert len(attrs) == len(dict(attrs))
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        self.links += [(tag, values[name] or "") for name in ("href", "src") if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.shape.append((f"/{tag}",))
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def words(html: str) -> str:
    return " ".join(Page(html).words.split())


def links(html: str) -> dict[str, str]:
    """Give the text of each link with its address."""
    return {
        re.sub(r"<[^>]*>", "", label): href.replace("&amp;", "&")
        for href, label in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    }


def resolve(page: str, path: str) -> str:
    steps = page.split("/")[:-1]
    for step in path.split("/"):
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def dangling(artifacts: Mapping[str, str]) -> Iterator[str]:
    """Give each link on the site that leads nowhere."""
    parsed = {name: Page(html) for name, html in artifacts.items() if name.endswith(".html")}
    for name, page in parsed.items():
        if len(page.ids) != len(set(page.ids)):
            yield f"{name}: an id stands twice"
        for _, href in page.links:
            if urlsplit(href).scheme or (name == "404.html" and href.startswith("/")):
                continue
            path, _, anchor = href.partition("#")
            target = resolve(name, unquote(path)) if path else name
            if target not in artifacts or (anchor and unquote(anchor) not in parsed[target].ids):
                yield f"{name}: {href}"


def test_the_pages_of_a_site() -> None:
    assert sorted(pages()) == [
        "404.html",
        "assets/icon.svg",
        "assets/site.css",
        "index.html",
        "sitemap.xml",
        "taken/a-1/index.html",
        "taken/a-10/index.html",
        "taken/a-2/index.html",
        "taken/index.html",
        "teksten/index.html",
        "teksten/over/index.html",
        "wetten/avg/index.html",
        "wetten/awb/index.html",
        "wetten/index.html",
        "woorden/index.html",
    ]


def test_artifacts_have_a_place_and_a_media_type() -> None:
    artifacts = list(export(framework(), CONTEXT))
    assert all(each.name.startswith("site/") for each in artifacts)
    media = {each.name.rpartition(".")[2]: each.media_type for each in artifacts}
    assert media == {
        "html": "text/html",
        "css": "text/css",
        "svg": "image/svg+xml",
        "xml": "application/xml",
    }


def test_the_same_input_gives_the_same_bytes() -> None:
    assert list(export(framework(), CONTEXT)) == list(export(framework(), CONTEXT))


def test_every_link_leads_somewhere() -> None:
    assert list(dangling(pages())) == []


def test_pages_ask_nothing_of_another_host() -> None:
    for name, html in pages().items():
        if not name.endswith(".html"):
            continue
        assert "default-src &#39;none&#39;; style-src &#39;self&#39;; img-src &#39;self&#39;" in html
        assert "unsafe" not in html
        assert " style=" not in html
        loaded = [href for tag, href in Page(html).links if tag != "a"]
        assert all(not urlsplit(href).scheme for href in loaded if "klein.example" not in href)
    assert not re.search(r"url\(|@import|https?:", pages()["assets/site.css"])


def test_links_off_the_site_carry_rel() -> None:
    for html in pages().values():
        for tag in re.findall(r'<a [^>]*href="https?:[^>]*>', html):
            assert 'rel="noopener noreferrer"' in tag


def test_the_home_page() -> None:
    html = pages()["index.html"]
    assert "Om mee te testen. Dit is nog niet af. Waar wil je beginnen? Taken (3) Uitleg over taken." in words(html)
    assert "Uitleg Over ons Wie." in words(html)
    assert "Het laatst gecontroleerd Eerste taak 5 april 2026" in words(html)
    assert "Klaar 4 Concept 2 Oud 1" in words(html)
    assert words(html).endswith(
        "Versie 1.2.0 Stand van 2 augustus 2026 Revisie 01234567 Licentie: EUPL-1.2 Broncode en tekst"
    )
    assert words(html).count("Dit is nog niet af.") == 1


def test_an_index_is_grouped_and_in_order() -> None:
    html = pages()["taken/index.html"]
    assert "Taken Uitleg over taken. 3 in totaal" in words(html)
    assert "Groot (1) a-2 Tweede Klaar Klein (1) a-1 Eerste taak Concept Wat je het eerst doet." in words(html)
    assert "Overig (1) a-10 Oude Oud" in words(html)
    assert words(pages()["wetten/index.html"]).index("Bestuursrecht") < words(pages()["wetten/index.html"]).index(
        "Verordening"
    )


def test_an_entry_shows_its_fields_in_dutch() -> None:
    html = pages()["taken/a-1/index.html"]
    shown = words(html)
    assert "Home Taken Eerste taak taak" not in shown
    assert "Taak a-1 Eerste taak Wat je het eerst doet. Concept Gecontroleerd op 5 april 2026" in shown
    assert "Grondslag AVG, artikel 35, lid 1 kern AVG" in shown
    assert "Soort klein Datum 1 maart 2026 Af ja Meer Adres https://a.example/b?c=1&d=2" in shown
    assert "Niet zeker Of dit klopt." in shown
    assert "Herkomst en gegevens Id urn:taak:a-1 Herkomst eigen werk" in shown
    assert links(html)["AVG, artikel 35, lid 1"].endswith("?uri=CELEX:32016R0679#art_35")
    assert links(html)["AVG"] == "../../wetten/avg/index.html"
    assert links(html)["Bekijk het bestand van deze pagina"] == (
        "https://github.com/voorbeeldstad/kader/blob/main/content/taken/a-1.md"
    )


def test_relations_stand_on_both_sides() -> None:
    site = pages()
    one = words(site["taken/a-1/index.html"])
    assert "Wet (1) Verordening Komt na (3) Tweede a-2 hoe: snel Oude a-10 Oud a-99" in one
    assert "Gaat vooraf aan (1) Eerste taak a-1" in words(site["taken/a-2/index.html"])
    assert "Vroeger (1) Oude a-10 Oud" in words(site["taken/a-2/index.html"])
    assert "Taken uit deze wet (1) Eerste taak a-1 artikel 35, lid 1" in words(site["wetten/avg/index.html"])
    assert "Genoemd in de tekst van (1) Eerste taak a-1" in words(site["woorden/index.html"])


def test_references_and_links_in_a_body() -> None:
    html = pages()["taken/a-1/index.html"]
    found = links(html)
    assert '<a href="https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679#art_35" class="law"' in html
    assert found["AVG, artikel 35, lid 1, onder a"].endswith("#art_35")
    assert found["Tweede"] == "../../taken/a-2/index.html"
    assert found["DPIA"] == "../../woorden/index.html#dpia"
    assert found["de tweede"] == "../../taken/a-2/index.html#hoe"
    assert found["het woord"] == "../../woorden/index.html#dpia"
    assert found["de wetten"] == "../../wetten/index.html"
    assert found["alle taken"] == "../../taken/index.html"
    assert found["over ons"] == "../../teksten/over/index.html"
    assert found["elders"] == "https://b.example/"
    assert "een bestand" not in found
    assert ", Geheim en {taak:a-99}." in words(html)
    assert "Geheim" not in found


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http://[",
        "ftp://a.example/",
        "../../../../etc/passwd",
        "x.pdf",
        "#",
        "",
        "\u202ehttps://a.example",
    ],
)
def test_a_target_that_is_no_page_becomes_no_link(target: str) -> None:
    made = framework()
    entry = made.find("a-1")
    assert entry
    assert BodyLinks(Addresses(made), entry, "../../").href(target) is None


def test_an_address_is_written_as_addresses_are() -> None:
    made = framework()
    entry = made.find("a-1")
    assert entry
    href = BodyLinks(Addresses(made), entry, "../../").href
    assert href(' https://a.example/"<b> c?d=|#e ') == "https://a.example/%22%3Cb%3E%20c?d=%7C#e"
    assert href("mailto:post@a.example") == "mailto:post@a.example"
    assert href("https://klein.example/kader/taken/a-2/#hoe") == "../../taken/a-2/index.html#hoe"
    assert href("https://klein.example/kader/elders/") == "https://klein.example/kader/elders/"


def test_what_html_forbids_is_replaced() -> None:
    changed = FILES["content/taken/a-2.md"].replace("Tweede", '"a\\x01b"')
    assert "<h1>a\ufffdb</h1>" in pages(framework({"content/taken/a-2.md": changed}))["taken/a-2/index.html"]


def test_a_replaced_entry_points_to_its_successor() -> None:
    site = pages()
    html = site["taken/a-10/index.html"]
    assert "Dit is vervangen door Tweede." in words(html)
    assert '<link rel="canonical" href="https://klein.example/kader/taken/a-2/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "a-10" not in site["sitemap.xml"]
    elsewhere = pages(framework(settings_={"site": {}}))["taken/a-10/index.html"]
    assert '<link rel="canonical" href="../../taken/a-2/index.html">' in elsewhere


@pytest.mark.parametrize(
    ("status", "successors", "sentence"),
    [
        ("oud", "[]", "Dit is verouderd. Gebruik het niet meer."),
        ("weg", "[]", "Dit is ingetrokken. Gebruik het niet meer."),
        ("oud", '["urn:taak:a-1", "urn:taak:a-2"]', "Dit is vervangen door: Eerste taak Tweede"),
    ],
)
def test_an_entry_that_is_past_says_so(status: str, successors: str, sentence: str) -> None:
    file = f"---\nid: urn:taak:a-10\ntitle: Oude\nstatus: {status}\nnu: {successors}\n---\n"
    html = pages(framework({"content/taken/a-10.md": file}))["taken/a-10/index.html"]
    assert sentence in words(html)
    assert "noindex" in html


def test_the_disclaimer_stays_until_an_entry_is_final() -> None:
    site = pages()
    assert "Dit is nog niet af." in words(site["taken/a-1/index.html"])
    assert "Dit is nog niet af." not in words(site["taken/a-2/index.html"])
    assert "Dit is nog niet af." in words(site["taken/index.html"])
    final = {path: text_.replace("concept", "klaar") for path, text_ in FILES.items()}
    assert "Dit is nog niet af." not in words(pages(framework({**final, "content/geheim/x.md": ""}))["index.html"])


def test_feedback_knows_what_it_is_about() -> None:
    title = 'A & "B" <c> {id} ÿ'
    changed = FILES["content/taken/a-2.md"].replace("Tweede", json.dumps(title))
    html = pages(framework({"content/taken/a-2.md": changed}))["taken/a-2/index.html"]
    query = parse_qs(urlsplit(links(html)["Klopt iets niet?"]).query)
    assert query == {"t": [title], "i": ["urn:taak:a-2"], "v": ["1.2.0"], "p": ["/taken/a-2/"]}


def test_settings_cannot_bring_a_bad_address() -> None:
    assert web_address("https://a.example/?{title}") == "https://a.example/?{title}"
    assert web_address("javascript:alert(1)") == ""


def test_a_glossary_is_one_page() -> None:
    html = pages()["woorden/index.html"]
    assert '<article class="term" id="dpia"' in html
    assert '<h3 id="dpia:kop">Kop</h3>' in html
    assert links(html)["boven"] == "#dpia:kop"
    assert "DPIA (onderzoek) Concept Kop Uitleg, zie boven." in words(html)
    about = urlsplit(links(html)["Klopt iets niet aan “DPIA (onderzoek)”?"])
    assert parse_qs(about.query)["p"] == ["/woorden/#dpia"]


def test_prose_has_its_own_place_in_the_navigation() -> None:
    site = pages()
    assert '<a href="../../teksten/over/index.html" aria-current="page">Over ons</a>' in site["teksten/over/index.html"]
    assert 'href="teksten/index.html"' not in site["index.html"]


def test_where_you_are() -> None:
    site = pages()
    assert '<a href="../../taken/index.html" aria-current="true">Taken</a>' in site["taken/a-1/index.html"]
    assert '<a href="../taken/index.html" aria-current="page">Taken</a>' in site["taken/index.html"]
    assert '<span aria-current="page">Eerste taak</span>' in site["taken/a-1/index.html"]
    assert "Kruimelpad" not in site["index.html"]


def test_previous_and_next_follow_the_index() -> None:
    html = pages()["taken/a-2/index.html"]
    assert "Vorige Eerste taak Volgende Oude" in words(html)


def test_a_missing_page_is_found_at_any_depth() -> None:
    html = pages()["404.html"]
    assert 'href="/kader/index.html"' in html
    assert 'href="/kader/assets/site.css"' in html
    assert 'href="assets/site.css"' in html
    assert 'href="taken/index.html"' in pages(framework(settings_={"site": {}}))["404.html"]


def test_the_sitemap() -> None:
    site = pages()
    root = ET.fromstring(site["sitemap.xml"])  # noqa: S314 - made here
    names = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert names[:3] == [f"https://klein.example/kader/{path}" for path in ("", "taken/", "taken/a-1/")]
    assert site["sitemap.xml"].count("<lastmod>2026-08-02</lastmod>") == len(names)
    assert "sitemap.xml" not in pages(framework(settings_={"site": {}}))


def test_hidden_kinds_have_no_page() -> None:
    assert not [name for name in pages() if "geheim" in name]


def test_a_page_without_title_takes_its_heading() -> None:
    html = pages(framework({"content/teksten/kaal.md": "# Een **kop**\n\nTekst.\n"}))["teksten/kaal/index.html"]
    assert "<h1>Een kop</h1>" in html
    assert words(html).count("Een kop") == 4  # title, navigation, trail, heading


FIELDS = ("id", "title", "kort", "status", "soort", "datum", "twijfel", "herkomst", "gelezen")


def filled(value: str) -> str:
    fields: dict[str, object] = {name: [value] if name in {"twijfel", "herkomst"} else value for name in FIELDS}
    fields |= {"vreemd": {value: value}, "na": [{"taak": value, "hoe": value}]}
    fields |= {"wetten": [{"wet": "avg", "artikel": value}]}
    lines = "".join(f"{name}: {json.dumps(each)}\n" for name, each in fields.items())
    return f"---\n{PAIR.sub(joined, lines)}---\n\nTekst.\n"


# JSON writes a character outside the first plane as two halves, YAML as one.
PAIR = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")


def joined(match: re.Match[str]) -> str:
    high, low = int(match[1], 16), int(match[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00:08x}"


def shape(value: str) -> list[tuple[str, ...]]:
    """Give the tags of an entry's page with ``value`` in every field."""
    site = pages(framework({"content/taken/a-2.md": filled(value), "content/taken/a-1.md": ONE.replace("a-2", "a-3")}))
    (own,) = [name for name, html in site.items() if "vreemd" in html.casefold() and name.startswith("taken/")]
    return Page(site[own]).shape


@pytest.mark.parametrize("vector", VECTORS)
def test_a_value_never_changes_the_shape_of_a_page(vector: str) -> None:
    assert shape(f"q {vector} q") == shape("q waarde q")


@settings(max_examples=60, deadline=None)
@given(value=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=30))
def test_no_text_changes_the_shape_of_a_page(value: str) -> None:
    assert shape(f"q {value} q") == shape("q waarde q")


def test_a_template_in_a_field_stays_text() -> None:
    changed = FILES["content/taken/a-2.md"].replace("Tweede", json.dumps("{{7*7}} {% raw %}"))
    site = pages(framework({"content/taken/a-2.md": changed}))
    assert "<h1>{{7*7}} {% raw %}</h1>" in site["taken/a-2/index.html"]


@pytest.mark.parametrize(
    "code",
    [
        "../../x",
        "/etc/passwd",
        'a"b',
        "a<b>",
        "..",
        ".",
        "",
        "   ",
        "a/../b",
        "con\n",
        "é" * 300,
        "\u202e",
        "index.html",
    ],
)
def test_a_code_cannot_leave_its_folder(code: str) -> None:
    file = f"---\nid: {json.dumps(f'urn:taak:{code}')}\ntitle: X\n---\n"
    site = pages(framework({"content/taken/x.md": file}))
    for name in site:
        assert re.fullmatch(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,100}/)*[A-Za-z0-9_.-]+", name), name
    assert list(dangling(site)) == []


@given(st.text())
def test_any_text_makes_a_safe_path(value: str) -> None:
    path = safe_path(value)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*", path)
    assert safe_path(path) == path


def test_codes_that_differ_only_in_case_get_their_own_pages() -> None:
    extra = {f"content/taken/{stem}.md": f"---\nid: urn:taak:{stem}\ntitle: {stem}\n---\n" for stem in ("b-1", "B-1")}
    site = pages(framework(extra))
    assert {"taken/B-1/index.html", "taken/b-1-2/index.html"} <= site.keys()
    assert len({name.casefold() for name in site}) == len(site)


def test_broken_values_break_no_page() -> None:
    file = "---\nid: 5\ntitle: [a]\nstatus: {a: b}\nsoort: [[1]]\nna: {x: 1}\nwetten: tekst\ndatum: 3\nnu: x\n---\n"
    lists = "- {id: [1], title: null, plaats: x}\n- tekst\n- {}\n"
    site = pages(framework({"content/taken/x.md": file, "content/wetten.yaml": lists, "content/woorden/y.md": "---\n"}))
    assert list(dangling(site)) == []


def test_the_first_page_is_small() -> None:
    site = pages()
    assert len(site["index.html"].encode()) + len(site["assets/site.css"].encode()) < 60_000


@pytest.mark.skipif(not (ROOT / "content").is_dir(), reason="there is no content yet")
def test_our_own_content() -> None:
    files = {f"content/{path}": data for path, data in _files(ROOT / "content").items()}
    own = schemas_of({path: data for path, data in _files(ROOT / "schemas").items() if "/" not in path})
    made = load(MemoryTree(files), own, keep_tokens=True)
    site = pages(made)
    assert list(dangling(site)) == []
    assert len(site["index.html"].encode()) + len(site["assets/site.css"].encode()) < 60_000


@needs_corpus
def test_the_real_corpus() -> None:
    folder = ROOT / "schemas" / "profiles" / "minbzk"
    files = {path: data for path, data in _files(CORPUS).items() if not path.startswith(".git/")}
    made = load(MemoryTree({**files}), schemas_of({**_files(folder)}), keep_tokens=True)
    site = pages(made)
    assert len(site) > 200
    for html in site.values():
        assert "<script" not in html
        assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


def test_a_value_has_words_where_the_schema_gives_them() -> None:
    schema = {"x-values": {"pas-toe": text("Pas toe")}}
    assert word_of(schema, "pas-toe") == "Pas toe"
    assert word_of(schema, "leg-uit") == "leg-uit"


def test_dates_numbers_and_order_are_dutch() -> None:
    assert dutch_date("2026-08-02") == "2 augustus 2026"
    assert dutch_date("2026-08") == "augustus 2026"
    assert dutch_date("2026") == "2026"
    assert dutch_date("2026-13-40") == "2026-13-40"
    assert [dutch(value) for value in (True, False, 1.5, 3, "x")] == ["ja", "nee", "1,5", "3", "x"]
    assert sorted(["aia-10", "AIA-9", "aia-9b", "9", "b"], key=natural) == ["9", "AIA-9", "aia-9b", "aia-10", "b"]
    assert natural("1" * 5000) < natural("2" * 5000)
    assert [lowered(label) for label in ("Voor wie", "ADR", "")] == ["voor wie", "ADR", ""]
