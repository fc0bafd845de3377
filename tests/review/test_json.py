"""The review as JSON: what is written can be read, fits its schemas, and is the same each time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.compare.changes import Changes
from pipeline.findings import Outcome, State
from pipeline.reports.changes.json import schema as schema_of_changes
from pipeline.reports.review import collect, lines
from pipeline.reports.review.collect import collect as collected
from pipeline.reports.review.read import read
from pipeline.reports.review.values import Review
from pipeline.reports.review.write import LARGEST, schema, written
from tests.review.making import RULES, SHA, review_of, rule_page
from tests.review.test_comment import HOSTILE, hostile_review

PAGE = f"{RULES}/awb-02-luister.md"
AWB = f"{RULES}/awb-01-wees-zorgvuldig.md"
WRONG = {PAGE: rule_page("awb-02", "Luister  ", "Zie [dit](weg.md).", status="koncept", stap="ontwerp")}


def check(review: Review) -> Any:  # noqa: ANN401 - any JSON
    content = written(review)
    assert content == written(review)
    assert read(content) == review
    value = json.loads(content)
    Draft202012Validator(json.loads(schema())).validate(value)
    Draft202012Validator(json.loads(schema_of_changes())).validate(value["changes"])
    return value


def test_a_review_holds_no_sentence_of_ours() -> None:
    value = check(review_of({PAGE: WRONG[PAGE].replace("stap: ontwerp", "stap: [ontwerp]")}))
    assert (value["version"], value["head"], value["root"]) == (1, SHA, "")
    assert value["counts"]["new"] == {"errors": 2, "warnings": 0, "notices": 1}
    assert value["themes"] == ["ontwerp"]
    assert value["kinds"] == ["regel"]
    text = json.dumps(value)
    assert "geen geldige waarde" not in text
    assert "is no valid value" not in text


def test_only_old_findings_of_what_is_touched_are_passed_on() -> None:
    before = {AWB: rule_page("awb-01", "A", "Zie [dit](weg.md)."), PAGE: rule_page("awb-02", "B", "Zie [dit](weg.md).")}
    review = review_of({PAGE: before[PAGE].replace("title: B", "title: Bee")}, before)
    assert [(each.path, each.state) for each in review.findings] == [(PAGE, State.OLD)]
    assert review.old.errors == 2


def test_what_is_solved_is_there_in_brief() -> None:
    review = review_of({PAGE: rule_page("awb-02")}, WRONG)
    value = check(review)
    assert [each["rule"] for each in value["solved"]] == [
        "source/trailing-space",
        "schema/not-allowed-value",
        "schema/wrong-type",
        "links/broken",
    ]
    assert review.new.total == 0


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_any_text_can_be_written_and_read(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    review = hostile_review(text)
    findings = tuple(each._replace(fingerprint="0" * 16) for each in review.findings)
    # Lists are lists in JSON.
    assert read(written(review._replace(findings=findings))).findings == findings


@given(st.text(st.characters(), max_size=5).map(lambda text: text * 300))
def test_long_and_broken_text_is_made_fit(text: str) -> None:
    page = rule_page("awb-02", "x", status=json.dumps(text))
    value = json.loads(written(review_of({PAGE: page})))
    Draft202012Validator(json.loads(schema())).validate(value)


def test_what_is_too_many_is_counted() -> None:
    body = "".join(f"[{number}](weg-{number}.md)\n" for number in range(collect.FINDINGS + 50))
    review = review_of({PAGE: rule_page("awb-02", "x", body)})
    check(review)
    assert len(review.findings) == collect.FINDINGS
    assert review.left_out.findings == review.new.total - collect.FINDINGS > 0


def test_what_is_too_large_loses_its_last_parts() -> None:
    one = hostile_review("x" * 450)
    findings = tuple(each._replace(fingerprint="0" * 16) for each in one.findings[:1] * 2000)
    review = read_back(Review(findings=findings))
    assert 0 < len(review.findings) < 2000
    assert review.left_out.findings == 2000 - len(review.findings)


def read_back(review: Review) -> Review:
    content = written(review)
    assert len(content) <= LARGEST
    return read(content)


def test_the_limits_of_program_and_schema_are_the_same() -> None:
    value = json.loads(schema())
    definitions = value["$defs"]
    changes = value["properties"]["changes"]["properties"]
    assert value["properties"]["findings"]["maxItems"] == collect.FINDINGS
    assert value["properties"]["solved"]["maxItems"] == collect.GONE
    assert changes["entries"]["maxItems"] == collect.ENTRIES
    assert changes["relations"]["maxItems"] == collect.RELATIONS
    assert changes["redirects"]["maxItems"] == collect.REDIRECTS
    assert changes["coverage"]["maxItems"] == collect.VALUES
    assert definitions["redirect"]["properties"]["places"]["maxItems"] == collect.PLACES
    assert definitions["entry"]["properties"]["fields"]["maxItems"] == collect.FIELDS
    assert definitions["entry"]["properties"]["texts"]["maxItems"] == collect.TEXTS
    assert definitions["sentences"]["maxItems"] == collect.SENTENCES
    assert definitions["values"]["maxItems"] == collect.VALUES
    assert definitions["names"]["maxItems"] == collect.KINDS
    assert definitions["finding"]["properties"]["parameters"]["maxProperties"] == collect.PARAMETERS
    fixed = definitions["finding"]["properties"]["fix"]["anyOf"][0]["properties"]["lines"]
    assert (fixed["maxItems"], fixed["items"]["maxLength"]) == (lines.MOST_LINES, lines.LONGEST_LINE)
    assert definitions["value"]["maxLength"] == collect.LONGEST
    assert definitions["path"]["maxLength"] == collect.LONGEST_PATH
    assert definitions["name"]["maxLength"] == collect.LONGEST_NAME


def test_every_object_is_closed_and_every_list_and_text_has_a_limit() -> None:
    def walk(node: Any) -> None:  # noqa: ANN401 - any JSON
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert "additionalProperties" in node
            if node.get("type") == "array":
                assert "maxItems" in node
            if node.get("type") == "string":
                assert "maxLength" in node
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(json.loads(schema()))


def test_without_a_framework_there_is_nothing_but_findings() -> None:
    assert collected(Outcome(base="b" * 40), None, Changes()).findings == ()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**30, -(10**30), 1.5, True, 7])
def test_numbers_that_json_cannot_hold_become_text(number: float) -> None:
    json.dumps(collect._value(number), allow_nan=False)  # noqa: SLF001 - a place where YAML may hold anything
    assert read_back(review_of({PAGE: rule_page("awb-02", aantal=str(number).replace("nan", ".nan"))}))
