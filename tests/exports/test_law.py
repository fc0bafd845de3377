from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pipeline.exports.law import cite, ecli_url, law_url, locator_words, parse_locator
from pipeline.model.load import load
from tests.support import SHARED, MemoryTree, schemas_of

if TYPE_CHECKING:
    from collections.abc import Mapping

AVG = {"celex": "32016R0679"}
AWB = {"bwb": "BWBR0005537"}
EURLEX = "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679"
JCI = "https://wetten.overheid.nl/jci1.3:c:BWBR0005537"

FACTS = SHARED / "facts"

# Rows of the table that no rule can follow, with the reason.
IRREGULAR = {
    "avg-02": "the locator 5.1.? does not say which point is meant",
    "awb-01": "the table points at the whole law where the locator names a division",
}
# Laws that number their articles with a point.
DECIMAL = {"woo", "aanb"}


@pytest.mark.parametrize(
    ("identifiers", "locator", "url"),
    [
        (AVG, "", EURLEX),
        (AVG, "35", f"{EURLEX}#art_35"),
        (AVG, "35.1.a", f"{EURLEX}#art_35"),
        (AVG, "15-21", f"{EURLEX}#art_15"),
        (AVG, "bijl.III", f"{EURLEX}#anx_III"),
        (AVG, "bijl.III.2", f"{EURLEX}#anx_III"),
        (AVG, "ov.29-44", f"{EURLEX}#rct_29"),
        (AVG, "hfst.IV", f"{EURLEX}#cpt_IV"),
        (AVG, "afd.2", EURLEX),
        (AVG, "5.1.?", EURLEX),
        ({"celex": "62021CJ0634"}, "44", "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:62021CJ0634"),
        ({"celex": "12012P/TXT"}, "21", "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:12012P/TXT"),
        (AWB, "", "https://wetten.overheid.nl/BWBR0005537"),
        (AWB, "3:2", f"{JCI}&artikel=3:2"),
        (AWB, "3:2-3:4", f"{JCI}&artikel=3:2"),
        (AWB, "2:4.1", f"{JCI}&artikel=2:4&lid=1"),
        (AWB, "1:1.2.a", f"{JCI}&artikel=1:1&lid=2&o=a"),
        (AWB, "15n", f"{JCI}&artikel=15n"),
        (AWB, "7.b", f"{JCI}&artikel=7&o=b"),
        (AWB, "afd.3.2", f"{JCI}&afdeling=3.2"),
        (AWB, "hfst.3", f"{JCI}&hoofdstuk=3"),
        (AWB, "titel.4.1", f"{JCI}&titeldeel=4.1"),
        (AWB, "par.1", f"{JCI}&paragraaf=1"),
        (AWB, "bijl.2", f"{JCI}&bijlage=2"),
        (AWB, "ov.1", "https://wetten.overheid.nl/BWBR0005537"),
        ({"eli": "http://data.europa.eu/eli/reg/2016/679/oj"}, "35", "http://data.europa.eu/eli/reg/2016/679/oj"),
        ({"url": "https://www.voorbeeld.nl/kader"}, "3", "https://www.voorbeeld.nl/kader"),
        ({"url": "javascript:alert(1)"}, "", ""),
        ({}, "35", ""),
    ],
)
def test_url(identifiers: Mapping[str, str], locator: str, url: str) -> None:
    assert law_url(identifiers, locator) == url


@pytest.mark.parametrize(
    ("ecli", "url"),
    [
        ("ECLI:NL:RVS:2018:2454", "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RVS:2018:2454"),
        ("ECLI:EU:C:2023:957", "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=ecli:ECLI:EU:C:2023:957"),
        ("ECLI:DE:BGH:2020:1", "https://e-justice.europa.eu/ecli/ECLI:DE:BGH:2020:1"),
        ('ECLI:NL:"><script>', "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:%22%3E%3Cscript%3E"),
    ],
)
def test_ecli(ecli: str, url: str) -> None:
    assert ecli_url(ecli) == url


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("", ""),
        ("35", "artikel 35"),
        ("35.1", "artikel 35, lid 1"),
        ("35.1.a", "artikel 35, lid 1, onder a"),
        ("16.c", "artikel 16, onder c"),
        ("113.c.i", "artikel 113, onder c, i"),
        ("26.2-4", "artikel 26, leden 2 tot en met 4"),
        ("16.a-c", "artikel 16, onder a tot en met c"),
        ("15-21", "artikelen 15 tot en met 21"),
        ("3:46", "artikel 3:46"),
        ("II", "artikel II"),
        ("bijl.III", "bijlage III"),
        ("bijl.III.2", "bijlage III, punt 2"),
        ("bijl.IV.2.e", "bijlage IV, punt 2, onder e"),
        ("ov.39", "overweging 39"),
        ("ov.29-44", "overwegingen 29 tot en met 44"),
        ("afd.3.2", "afdeling 3.2"),
        ("hfst.IV", "hoofdstuk IV"),
        ("titel.II", "titel II"),
        ("par.3.1", "paragraaf 3.1"),
        ("protocol", "protocol"),
        ("5.1.?", "5.1.?"),
        ("hoofdstuk II", "hoofdstuk II"),
    ],
)
def test_words(locator: str, words: str) -> None:
    assert locator_words(locator) == words


def test_an_article_number_may_have_a_point() -> None:
    woo = {"bwb": "BWBR0045754"}
    assert law_url(woo, "1.1", decimal=True).endswith("&artikel=1.1")
    assert law_url(woo, "5.1.2.e", decimal=True).endswith("&artikel=5.1&lid=2&o=e")
    assert locator_words("5.1.2.e", decimal=True) == "artikel 5.1, lid 2, onder e"


def test_a_judgment_has_points() -> None:
    assert locator_words("44", judgment=True) == "punt 44"
    assert locator_words("44-46", judgment=True) == "punten 44 tot en met 46"


@pytest.mark.parametrize("locator", ["5.-a", "-", ".", "5.", "a b", "5\n", "ov.", 'x"y', "5.1-2-3", "ⅷ"])
def test_what_is_no_locator_stays_as_it_is(locator: str) -> None:
    assert parse_locator(locator) is None
    assert locator_words(locator) == locator
    assert law_url(AWB, locator) == "https://wetten.overheid.nl/BWBR0005537"


def test_an_identifier_cannot_leave_the_address() -> None:
    assert law_url({"celex": '3"><b>&x'}, "1").startswith(f"{EURLEX.partition('CELEX:')[0]}CELEX:3%22%3E%3Cb%3E%26x")
    assert law_url({"bwb": "../../evil?x#y"}) == "https://wetten.overheid.nl/..%2F..%2Fevil%3Fx%23y"


def test_a_source_is_named_by_its_short_name() -> None:
    schema = """{
      "$schema": "https://json-schema.org/draft/2020-12/schema", "x-kind": "wet",
      "x-labels": {"nl": {"one": "wet", "many": "wetten"}, "en": {"one": "act", "many": "acts"}},
      "x-files": {"layout": "list", "file": "content/wetten.yaml"}, "x-id": {"field": "id"},
      "type": "object", "properties": {
        "id": {"type": "string"}, "title": {"type": "string", "x-means": "title"},
        "kort": {"type": "string", "x-means": "group"}, "nummer": {"type": "string", "x-identifier": "celex"}}}"""
    files = {"content/wetten.yaml": "- {id: avg, title: Verordening, kort: AVG, nummer: 32016R0679}\n"}
    settings = '{"name": {"nl": "x", "en": "x"}, "folders": ["content"]}'
    framework = load(MemoryTree(files), schemas_of({"framework.json": settings, "wet.schema.json": schema}))
    citation = cite(framework.entries[0], "35.1")
    assert citation.text == "AVG, artikel 35, lid 1"
    assert citation.url == f"{EURLEX}#art_35"


@cache
def facts(name: str) -> tuple[dict[str, str], ...]:
    path = FACTS / f"{name}.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@pytest.mark.skipif(not FACTS.is_dir(), reason="the table of facts is not here")
def test_the_table_of_requirements_has_the_same_addresses() -> None:
    sources = {row["code"]: row for row in facts("bronnen")}
    different = {}
    for row in facts("vereisten"):
        code, _, locator = row["verwijzingen"].split(";")[0].partition(":")
        source = sources[code]
        scheme = source["id_type"].lower()
        identifiers = {scheme: source["id"]} if scheme in {"celex", "bwb", "ecli"} else {"url": source["url"]}
        url = law_url(identifiers, "" if locator == "*" else locator, decimal=code in DECIMAL)
        if url != row["url_artikel_canoniek"]:
            different[row["code"]] = (url, row["url_artikel_canoniek"])
    assert different.keys() == IRREGULAR.keys(), different
