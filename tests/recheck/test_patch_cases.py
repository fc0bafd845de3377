"""Changes that reach further than they seem to: each once gave another outcome than a whole check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pipeline.rules.links.resolve import SEARCHED
from tests.mutations.material import Material
from tests.recheck.materials import KINDS
from tests.recheck.support import Checked
from tests.support import FIXTURES, _files, schemas_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RULES = "content/regels/"
PAGES = "content/paginas/"
ROLES = "content/rollen/"
TERMS = "content/termen/"


def rule(code: str, body: str = "Doe dit.", *, fields: str = "", id: str = "", title: str = "") -> bytes:  # noqa: A002
    name = id or f"urn:klein:regel:{code}"
    return (
        f"---\nid: {name}\ntitle: {title or f'Regel {code}'}\nstatus: vastgesteld\n{fields}---\n\n## Regel\n\n{body}\n"
    ).encode()


def page(body: str = "Tekst.", fields: str = "title: Een\n") -> bytes:
    return f"---\n{fields}---\n\n# Een\n\n{body}\n".encode()


def named(schema: dict[str, Any]) -> None:
    """Let rules have a name, and name others by it."""
    target = {"type": "string", "x-reference": {"to": "regel", "by": "field:naam"}}
    schema["properties"]["naam"] = {"type": "string", "description": "De naam."}
    schema["properties"]["hoort-bij"] = {"type": "array", "items": target, "description": "Waar hoort dit bij?"}


def by_id(schema: dict[str, Any]) -> None:
    target = {"type": "string", "x-reference": {"to": "regel"}}
    schema["properties"]["bij"] = {"type": "array", "items": target, "description": "Waar hoort dit bij?"}


def checked(
    files: Mapping[str, bytes],
    edit: Callable[[dict[str, Any]], None] = lambda _: None,
    settings: Mapping[str, object] | None = None,
) -> Checked:
    """Check a few files beside those of the small framework that are no pages."""
    schemas = dict(_files(FIXTURES / "klein" / "schemas"))
    schema = json.loads(schemas["regel.schema.json"])
    edit(schema)
    schemas["regel.schema.json"] = json.dumps(schema).encode()
    schemas["framework.json"] = json.dumps({**json.loads(schemas["framework.json"]), **(settings or {})}).encode()
    schemas |= {each["$id"]: json.dumps(each).encode() for each in KINDS}
    around = {path: data for path, data in _files(FIXTURES / "klein", skip="schemas/").items() if path[-3:] != ".md"}
    return Checked(Material("small", {**around, **files}, schemas_of(schemas)), {**around, **files})


class Case(NamedTuple):
    """Files, and one that changes; ``asks`` tells that everything has to be asked then."""

    files: Mapping[str, bytes]
    path: str
    data: bytes | None
    asks: bool = False
    edit: Callable[[dict[str, Any]], None] = lambda _: None
    settings: Mapping[str, object] | None = None


NO = "[dit](weg.md)"
MENU = {"navigation": [{"file": "mkdocs.yml", "format": "mkdocs", "root": "content"}]}
LEDGER = b"urn,since,state,successor\nurn:klein:regel:awb-15,2026-01-01,actief,\n"
LONG = "awb-01-wees-zorgvuldig-bij-het-nemen-van-een-besluit-over-iemand"
LESS_LIKE = "awb-01-wees-zorgvuldig-bij-het-maken-van-een-oordeel-over-iemand"
MANY = "".join(f"[Pagina {number}](awb-01-regl.md)\n" for number in range(150))
COVERED = {
    "coverage": [
        {
            "name": "K1",
            "label": {"nl": "Elke regel wordt genoemd.", "en": "Each rule is named."},
            "of": "regel",
            "needs": [{"relations": ["genoemd-door"], "text": {"nl": "een regel", "en": "a rule"}}],
            "rule": "coverage/gap",
        }
    ]
}

CASES = {
    "a name moves from one sort to another": Case(
        {
            f"{RULES}awb-01-regel.md": rule("awb-01", fields="naam: awb-01-regel\n"),
            f"{RULES}awb-02-b.md": rule("awb-02", fields="naam: twee\nhoort-bij: [awb-01-regel]\n"),
        },
        f"{RULES}awb-01-regel.md",
        rule("awb-01", fields="naam: awb-01\n"),
        edit=named,
    ),
    "an id loses its form and is the same as another": Case(
        {f"{RULES}awb-01-a.md": rule("awb-01", id="awb-01"), f"{RULES}awb-01-b.md": rule("awb-01")},
        f"{RULES}awb-01-b.md",
        rule("awb-01", id="awb-01"),
    ),
    "the successor of what others name loses the form of its id": Case(
        {
            f"{RULES}awb-01-a.md": rule("awb-01", fields="opgevolgd-door: [urn:klein:regel:awb-02]\n").replace(
                b"vastgesteld", b"verouderd"
            ),
            f"{RULES}awb-02-b.md": rule("awb-02"),
            f"{RULES}awb-03-c.md": rule("awb-03", fields="bij: [urn:klein:regel:awb-01]\n"),
        },
        f"{RULES}awb-02-b.md",
        rule("awb-02", id="awb-02"),
        asks=True,
        edit=by_id,
    ),
    "the headings of an index page": Case(
        {
            f"{PAGES}map/index.md": page("## Kop\n\nTekst."),
            f"{PAGES}map/een.md": page("Zie [dit](..#kop)."),
            f"{PAGES}twee.md": page("Zie [dit](../map/#kop) en [dat](../map/index.html#kop)."),
        },
        f"{PAGES}map/index.md",
        page("## Anders\n\nTekst."),
    ),
    "the headings of a page that dots lead to": Case(
        {f"{PAGES}een.md": page("## Kop\n\nTekst."), f"{PAGES}b.md": page("Zie [dit](../een/.#kop).")},
        f"{PAGES}een.md",
        page("## Anders\n\nTekst."),
    ),
    "what stands for a whole entry gets longer": Case(
        {
            f"{ROLES}jurist.md": page(fields="status: concept\n"),
            f"{PAGES}a.md": page(fields="title: X\nstatus: vastgesteld\nrol: [jurist]\n"),
        },
        f"{ROLES}jurist.md",
        page(fields="status: concept\nsoort: iets\n"),
    ),
    "the first of two with the same id loses what it had in common": Case(
        {f"{ROLES}jurist.md": page(NO), f"{TERMS}jurist.md": page(NO)}, f"{ROLES}jurist.md", page()
    ),
    "the first of two with the same id goes": Case(
        {f"{ROLES}jurist.md": page(NO), f"{ROLES}ander.md": page(), f"{TERMS}jurist.md": page(NO)},
        f"{ROLES}jurist.md",
        None,
    ),
    "an id that was told twice is missed as well": Case(
        {
            "content/ids.csv": LEDGER,
            f"{RULES}awb-14-q.md": rule("awb-14"),
            f"{RULES}awb-15-p.md": rule("awb-14", title="Nog een"),
        },
        f"{RULES}awb-14-q.md",
        rule("awb-16"),
        asks=True,
    ),
    "there are too many links to look for": Case(
        {
            f"{RULES}awb-01-regel.md": rule("awb-01"),
            f"{RULES}awb-02-b.md": rule("awb-02", MANY),
            f"{RULES}awb-03-c.md": rule("awb-03"),
        },
        f"{RULES}awb-03-c.md",
        rule("awb-03", MANY),
        asks=True,
    ),
    "the menu cannot be read, and says so with a word that is a title": Case(
        {"mkdocs.yml": "nav: café".encode("cp1252"), f"{RULES}awb-01-a.md": rule("awb-01")},
        f"{RULES}awb-01-a.md",
        rule("awb-01", title="Windows"),
        settings=MENU,
    ),
    "a name that is less like what was written, in the folder that was written": Case(
        {
            **{f"{folder}/{LONG[:-1]}x.md": b"x" for folder in "abc"},
            f"{RULES}awb-02-b.md": rule("awb-02", f"Zie [dit]({LONG}.md)."),
            f"{RULES}awb-03-c.md": rule("awb-03"),
        },
        f"{RULES}{LESS_LIKE}.md",
        rule("awb-01"),
    ),
    "a longer name, but in a folder below": Case(
        {
            f"{PAGES}a/b.md": page("Zie [dit](map.md)."),
            f"{PAGES}a/map-een/foo.md": page(),
            f"{PAGES}a/map-een/plaat.png": b"x",
        },
        f"{PAGES}a/map-een/bar.md",
        page(),
    ),
    "what a comment hides would be said otherwise": Case(
        {
            f"{RULES}awb-02-b.md": rule(
                "awb-02", "<!-- kader: negeer links/broken want het moet -->\nZie [dit](awb-01-wet.md)."
            ),
            f"{RULES}awb-03-c.md": rule("awb-03"),
        },
        f"{RULES}awb-01-weten.md",
        rule("awb-01"),
    ),
    "what may have been a reference covers something": Case(
        {
            f"{RULES}awb-01-a.md": rule("awb-01"),
            f"{RULES}awb-02-b.md": rule("awb-02", fields="aantal: veel\n"),
        },
        f"{RULES}awb-02-b.md",
        rule("awb-02", fields="aantal: veel\nzie-ook: {wie: awb-01}\n"),
        asks=True,
        settings=COVERED,
    ),
    "a kind switches off what others hang on": Case(
        {f"{RULES}awb-01-a.md": rule("awb-01"), f"{RULES}awb-01-b.md": rule("awb-01")},
        f"{RULES}awb-01-a.md",
        rule("awb-01", title="Anders"),
        asks=True,
        settings={"severities": [{"rule": "ids/duplicate", "severity": "off", "reason": "Dat zien we zelf."}]},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_that_reaches_far(name: str) -> None:
    case = CASES[name]
    after = checked(case.files, case.edit, case.settings).changed(case.path, case.data)
    assert after.is_quick is not case.asks


def test_a_mistake_less_where_there_are_too_many() -> None:
    many = "".join(f"[Pagina {number}](awb-01-regl.md)\n" for number in range(SEARCHED + 1))
    start = checked({f"{RULES}awb-01-regel.md": rule("awb-01"), f"{RULES}awb-02-b.md": rule("awb-02", many)})
    less = many.removeprefix("[Pagina 0](awb-01-regl.md)\n")
    assert not start.changed(f"{RULES}awb-02-b.md", rule("awb-02", less)).is_quick
    assert start.changed(f"{RULES}awb-02-b.md", rule("awb-02", f"Een zin.\n\n{many}")).is_quick
