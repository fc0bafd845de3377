"""What is changed: what mistakes are made in, and two frameworks more, of which a whole check tells little else."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.mutations.material import NAMES, OTHER, OWN, Material, material
from tests.support import FIXTURES, ROOT, _files, needs_corpus, schemas_of

if TYPE_CHECKING:
    from collections.abc import Mapping

UNCOVERED = "uncovered"
SMALL = "small"
MADE_WRONG = [pytest.param(name, marks=needs_corpus if name == OTHER else ()) for name in NAMES]
"""What mistakes of every kind are made in (`tests.mutations`)."""
PAGES = 14


@cache
def any_material(name: str) -> Material:
    """Give a material by its name."""
    return {UNCOVERED: uncovered, SMALL: small}.get(name, lambda: material(name))()


def uncovered() -> Material:
    """Give our own content without anything to cover, and with a short ledger."""
    own = material(OWN)
    files = {path: data for path, data in own.files.items() if path != own.schemas.settings.ledger}
    schemas = dict(_files(ROOT / "schemas", skip="profiles/"))
    settings = json.loads(schemas["framework.json"])
    for demand in ("coverage", "accepted-gaps", "guidance"):
        settings.pop(demand, None)
    schemas["framework.json"] = json.dumps(settings).encode()
    lines = own.files[own.schemas.settings.ledger].splitlines()[:20]
    files[own.schemas.settings.ledger] = b"\n".join((*lines, b""))
    return Material(UNCOVERED, files, schemas_of(schemas))


def kind(name: str, folder: str, identity: Mapping[str, Any], **more: object) -> dict[str, Any]:
    """Describe a kind of page with a title, a status and roles."""
    labels = {"one": name, "many": f"{name}s"}
    role = {"type": "string", "x-reference": {"to": "rol", "by": "stem"}}
    states = {"concept": "draft", "vastgesteld": "final"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{name}.schema.json",
        "x-kind": name,
        "x-labels": {"nl": labels, "en": labels},
        "x-files": {"layout": "document", "folder": f"content/{folder}", **more},
        "x-id": identity,
        "type": "object",
        "properties": {
            "title": {"type": "string", "x-means": "title"},
            "status": {"enum": list(states), "x-means": "status", "x-states": states},
            "soort": {"type": "string"},
            "rol": {"type": "array", "items": role},
        },
    }


BY_STEM = {"in": "stem", "code": "[a-z]+(?:-[a-z]+)*"}
KINDS = (
    kind("pagina", "paginas", {"in": "path"}, recursive=True),
    kind("rol", "rollen", BY_STEM),
    kind("term", "termen", BY_STEM),
)


def small() -> Material:
    """Make a framework of a few pages that say a lot about one another: rightly, wrongly, and on the wrong side."""
    chance = Random(SMALL)  # noqa: S311 - no secret hangs on it
    schemas = dict(_files(FIXTURES / "klein" / "schemas"))
    rule = json.loads(schemas["regel.schema.json"])
    rule["properties"]["lijkt-op"] = {
        "type": "array",
        "items": {"type": "string", "x-reference": {"to": "regel", "by": "code", "mirror": "lijkt-op"}},
        "description": "Welke regels zijn bijna gelijk?",
    }
    rule["x-needs"] = [{"rule": "completeness/responsibility-missing", "fields": ["bron"], "through": "zie-ook"}]
    schemas["regel.schema.json"] = json.dumps(rule).encode()
    schemas |= {each["$id"]: json.dumps(each).encode() for each in KINDS}
    settings = json.loads(schemas["framework.json"])
    settings["navigation"] = [{"file": "mkdocs.yml", "format": "mkdocs", "root": "content"}]
    schemas["framework.json"] = json.dumps(settings).encode()
    codes = [f"{chance.choice(['avg', 'awb'])}-{number:02}" for number in range(1, PAGES + 1)]
    files = dict(_files(FIXTURES / "klein", skip="schemas/"))
    files = {path: data for path, data in files.items() if not path.endswith(".md")}
    files |= {f"content/regels/{code}-regel.md": _page(code, codes, chance).encode() for code in codes}
    ids = (f"urn:klein:regel:{code},2026-01-01,actief,\n" for code in codes[:3])
    files["content/ids.csv"] = f"urn,since,state,successor\n{''.join(ids)}".encode()
    files["mkdocs.yml"] = "nav:\n  - Café: paginas/twee.md\n  - Weg: paginas/weg.md\n".encode()
    about = "Zie [dit](../map/#kop), [dat](..#kop), [dit](../termen/jurist.md) en [dat](weg.md).\n"
    for path in ("paginas/map/index", "paginas/map/een", "paginas/twee", "rollen/jurist", "termen/jurist"):
        files[f"content/{path}.md"] = f"---\ntitle: {path}\nstatus: concept\n---\n\n## Kop\n\n{about}".encode()
    return Material(SMALL, files, schemas_of(schemas))


def _page(code: str, codes: list[str], chance: Random) -> str:
    names = [*codes, "awb-99", f"urn:klein:regel:{codes[0]}"]
    fields: dict[str, Any] = {
        "id": f"urn:klein:regel:{code}",
        "title": f"Regel {code}",
        "status": chance.choice(["concept", "vastgesteld", "vastgesteld", "verouderd", "ingetrokken"]),
    }
    if fields["status"] == "verouderd":
        fields["opgevolgd-door"] = [f"urn:klein:regel:{chance.choice(codes)}"]
    if chance.random() < 0.7:
        fields["zie-ook"] = chance.sample(names, 2)
    if chance.random() < 0.5:
        fields["lijkt-op"] = chance.sample(names, 2)
    if chance.random() < 0.4:
        fields["genoemd-door"] = chance.sample(names, 1)
    if chance.random() < 0.6:
        fields["bron"] = "https://voorbeeld.nl/bron"
    fields["stap"] = [chance.choice(["ontwerp", "monitoring-en-beheer", "ontwerpen"])]
    written = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    other, another = chance.sample(codes, 2)
    return (
        f"---\n{written}---\n\n## Regel\n\nDoe dit. Zie {{regel:{other}}} en [{another}]({other}-regel.md#regel).\n\n"
        f"## Kop {chance.randint(1, 3)}\n\nLees [dit]({another}-regel.md#kop-1), [dat](weg-{other}.md) "
        f"of (regel:{other}).\n"
    )
