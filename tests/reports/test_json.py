from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from pipeline.findings import Edit, Fix
from pipeline.reports.json import schema
from pipeline.reports.report import Report
from tests.reports.samples import KIND, found, marked, report, unknown, written
from tests.support import findings as real_findings

PLACE = marked("a\r\n- ⟦2.20⟧\n", "content/a.md")
FIX = Fix(title="Aanhalingstekens", edits=(Edit(location=PLACE, replacement='"2.20"'),), safe=True)


def parsed(text: str) -> Any:  # noqa: ANN401 - any JSON
    data = json.loads(text)
    Draft202012Validator(json.loads(schema()), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    return data


def test_a_report_as_it_is_written() -> None:
    findings = report(
        unknown("2.20", PLACE, "avg-13", field="vereiste.0.ref", entry="urn:x:1", fix=FIX),
        found("source/trailing-space", marked("é ⟦ ⟧", "content/b.md"), {"count": 1}),
        files=251,
        entries=199,
    )
    one, two = (finding.fingerprint for finding in findings.findings)
    expected = f"""\
{{
  "version": 2,
  "summary": {{"files": 251, "entries": 199, "errors": 1, "warnings": 0, "notices": 1}},
  "base": null,
  "findings": [
    {{"rule": "references/unknown-target", "severity": "error", "path": "content/a.md", \
"line": 2, "column": 3, "end_line": 2, "end_column": 7, "entry": "urn:x:1", "field": "vereiste.0.ref", \
"message": "Er is geen vereiste “2.20”.", \
"help": "Bedoel je “avg-13”? De lezer mist nu deze relatie. Gebruik de code van een bestaande pagina.", \
"parameters": {{"key": "2.20", "kind": "vereiste", "suggestions": ["avg-13"]}}, \
"fix": {{"title": "Aanhalingstekens", "safe": true, "edits": [\
{{"line": 2, "column": 3, "end_line": 2, "end_column": 7, "replacement": "\\"2.20\\""}}]}}, \
"fingerprint": "{one}", "state": null}},
    {{"rule": "source/trailing-space", "severity": "notice", "path": "content/b.md", \
"line": 1, "column": 3, "end_line": 1, "end_column": 4, "entry": null, "field": null, \
"message": "Hier staan spaties (1 keer).", "help": "Haal ze weg.", "parameters": {{"count": 1}}, "fix": null, \
"fingerprint": "{two}", "state": null}}
  ],
  "solved": []
}}
"""
    assert written("json", findings) == expected
    parsed(written("json", findings))


def test_without_findings() -> None:
    text = written("json", report(files=3, entries=2))
    assert text.endswith('  "base": null,\n  "findings": [],\n  "solved": []\n}\n')
    assert parsed(text)["summary"] == {"files": 3, "entries": 2, "errors": 0, "warnings": 0, "notices": 0}


def test_texts_are_in_the_language_that_was_asked_for() -> None:
    [finding] = parsed(written("json", report(unknown("x", marked("⟦x⟧")), language="en")))["findings"]
    assert finding["message"] == "There is no requirement “x”."
    assert finding["parameters"]["kind"] == KIND.en


def test_bytes_that_are_no_text() -> None:
    path = b"a-\xff.md".decode(errors="surrogateescape")
    text = written("json", report(unknown("\ud800", marked("⟦x⟧", path))))
    text.encode()
    [finding] = parsed(text)["findings"]
    assert finding["path"] == "a-\\udcff.md"
    assert finding["parameters"]["key"] == "\\ud800"


def test_parameters_are_whole_and_messages_are_for_people() -> None:
    [finding] = parsed(written("json", report(unknown("a\u202eb" * 400, marked("⟦x⟧")))))["findings"]
    assert finding["parameters"]["key"] == "a\u202eb" * 400
    assert len(finding["message"]) < 3000
    assert finding["message"].startswith("Er is geen vereiste “a\\u202eba")


def test_the_schema_is_valid_and_closed() -> None:
    document = json.loads(schema())
    Draft202012Validator.check_schema(document)
    objects = [document, *document["$defs"].values(), document["properties"]["summary"]]
    for each in objects:
        if each.get("type") == "object":
            assert each["additionalProperties"] is False
            assert each["required"] == list(each["properties"])


def test_real_findings_keep_the_contract() -> None:
    changes = {"content/regels/awb-02-x.md": "---\nid: urn:klein:regel:awb-02\ntitle: 2.20\n---\n"}
    data = parsed(written("json", Report(findings=real_findings(changes))))
    assert [each for each in data["findings"] if each["fix"]]
