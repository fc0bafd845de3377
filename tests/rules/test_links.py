"""Addresses, where links lead, and what becomes of a text when a fix is applied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.documents.document import Link
from pipeline.model.load import load
from pipeline.rules.links.address import read_address
from pipeline.rules.links.articles import article_in_address, article_in_text, same_article
from pipeline.rules.links.resolve import files_of, leads
from pipeline.rules.run import check_framework
from tests.rules.test_cases import Case, all_cases, run
from tests.support import CORPUS, MemoryTree, needs_corpus, small_files, small_framework, small_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Finding
    from pipeline.model.framework import Framework

PAGE = "content/regels/awb-02-luister.md"
FRONT = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\n"


def link(target: str, form: str = "link") -> Link:
    return Link(form=form, target=target, text="", start=0, end=len(target) + 4, target_start=4, target_end=4)


@pytest.mark.parametrize(
    ("target", "sort", "variant", "better"),
    [
        ("", "empty", "", ""),
        (" \n", "empty", "", ""),
        ("#", "empty", "", ""),
        ("a.md?b#c", "relative", "", ""),
        ("avg-13:a.md", "other", "", ""),
        ("urn:nl:ak:ver:avg-13", "other", "", ""),
        ("java\tscript:a", "unsafe", "", ""),
        (" DATA:text/html,a", "unsafe", "", ""),
        ("/a.md", "absolute", "", ""),
        ("C:\\a.md", "absolute", "", ""),
        ("\\\\server\\a.md", "absolute", "", ""),
        ("https://a.nl", "external", "", ""),
        ("https://a.nl/https://b.nl", "external", "", ""),
        ("https://nl.wikipedia.org/wiki/N.V.", "external", "", ""),
        ("http//a.nl", "malformed", "start", "http://a.nl"),
        ("https;//a.nl", "malformed", "start", "https://a.nl"),
        ("http:\\\\a.nl", "malformed", "start", "http://a.nl"),
        ("hhttps://a.nl", "malformed", "start", "https://a.nl"),
        ("https:///a.nl", "malformed", "start", "https://a.nl"),
        ("http/lees.md", "relative", "", ""),
        ("stop.md", "relative", "", ""),
        ("https://http://a.nl", "malformed", "twice", "http://a.nl"),
        ("https://a.nlhttps://b.nl", "malformed", "twice", ""),
        ("https://a.nl/b]", "malformed", "bracket", ""),
        ("https://[a", "malformed", "host", ""),
        ("https://a..nl", "malformed", "host", ""),
        ("https://a.nl/b,", "malformed", "ending", "https://a.nl/b"),
        ("<a.md", "malformed", "bracket", "a.md"),
        ("mailto:", "malformed", "mail", ""),
        ("https://a.nl/" + "." * 100_000 + "a", "other", "", ""),
    ],
)
def test_addresses(target: str, sort: str, variant: str, better: str) -> None:
    address = read_address(link(target))
    assert (address.sort, address.variant, address.better) == (sort, variant, better)


def test_a_picture_may_hold_its_own_data() -> None:
    assert read_address(link("data:image/png;base64,AA", "image")).sort == "other"
    assert read_address(link("data:image/svg+xml,<svg>", "image")).sort == "unsafe"


@pytest.mark.parametrize(
    ("text", "address", "article", "reached"),
    [
        ("artikel 14 AVG", "#art_26", "14", "26"),
        ("Art. 3:2, eerste lid", "jci1.3:c:B&artikel=3:2&z=2024", "3:2", "3:2"),
        ("artikel 6a", "#Hoofdstuk2_Artikel6a", "6a", "6a"),
        ("artikelen 5 en 6", "#artikel-26-uitleg", "", "26"),
        ("artikel 5 t/m 7", "#chart-3", "", ""),
        ("smart 14", "/artikel/2143511", "", ""),
        ("artikel 5 en artikel 6", "#art_5_art_6", "", ""),
    ],
)
def test_articles(text: str, address: str, article: str, reached: str) -> None:
    assert article_in_text(text) == article
    assert article_in_address(address) == reached


def test_articles_agree_as_far_as_both_go() -> None:
    assert same_article("14.2", "14")
    assert same_article("1c", "1")
    assert same_article("3:2", "3.2")
    assert not same_article("14", "1")


def framework(text: str, **site: str) -> Framework:
    schemas = small_schemas()
    settings = replace(schemas.settings, site=schemas.settings.site._replace(**site))
    files: dict[str, str | bytes | OSError] = {**small_files(), PAGE: FRONT + text, "content/index.md": "# Begin"}
    return load(MemoryTree(files), replace(schemas, settings=settings))


@pytest.mark.parametrize(
    ("target", "site", "found"),
    [
        ("../index.md", {}, "content/index.md"),
        ("..", {}, "content/index.md"),
        ("../awb-01-wees-zorgvuldig/", {}, "content/regels/awb-01-wees-zorgvuldig.md"),
        ("../awb-01-wees-zorgvuldig.html", {"pages": "file"}, None),
        ("awb-01-wees-zorgvuldig.html", {"pages": "file"}, "content/regels/awb-01-wees-zorgvuldig.md"),
        ("../../../buiten.md", {}, None),
        ("../../content", {"root": "elders"}, "content/index.md"),
        ("../../content/regels", {"root": "elders"}, "content/regels"),
        ("awb-01-wees-zorgvuldig.md/", {}, None),
    ],
)
def test_where_links_lead(target: str, site: Mapping[str, str], found: str | None) -> None:
    some = framework(f"[a]({target})", **site)
    [lead] = [lead for lead in leads(some) if lead.document.source.path == PAGE]
    assert files_of(some).find(lead) == found


LINKS = [case for case in all_cases() if case.rule.startswith("links/")]


@pytest.mark.parametrize("case", LINKS, ids=str)
def test_a_fix_mends_its_finding_and_breaks_nothing(case: Case) -> None:
    findings = run(case)
    for finding in findings:
        if finding.problem.fix is None:
            continue
        after = run(Case(case.rule, case.name, _mended(case.text, finding)))
        assert _names(after) < _names(findings), finding.problem.fix.title


def _mended(text: str, finding: Finding) -> str:
    assert finding.problem.fix is not None
    [edit] = finding.problem.fix.edits
    source, where = edit.location.source.text, edit.location
    assert text.count(source) == 1
    return text.replace(source, source[: where.start] + edit.replacement + source[where.end :])


def _names(findings: tuple[Finding, ...]) -> set[tuple[str, str, int]]:
    """Name findings by what does not move when a line is changed before them."""
    return {(each.rule, each.problem.location.text, each.problem.location.begin.line) for each in findings}


def test_many_broken_links_take_no_ages() -> None:
    text = "".join(f"[a](b{number}.md) [b](#c{number})\n\n" for number in range(5000))
    found = check_framework(small_framework({PAGE: FRONT + text}))
    assert sum(each.rule == "links/broken" for each in found) == 5000
    assert sum(each.rule == "links/broken-anchor" for each in found) == 5000


@needs_corpus
def test_errors_in_the_corpus_are_known_ones() -> None:
    """Of some 1800 links in 256 files that nobody here wrote, these were looked at one by one."""
    from pipeline.model.schemas import load_schemas  # noqa: PLC0415
    from tests.support import ROOT, _files  # noqa: PLC0415

    schemas, _ = load_schemas(MemoryTree(_files(ROOT / "schemas" / "profiles" / "minbzk")))
    assert schemas is not None
    found = check_framework(load(MemoryTree(_files(CORPUS)), schemas))
    errors = {(each.rule, each.path.rpartition("/")[2]) for each in found if each.severity.word == "error"}
    assert {error for error in errors if error[0].startswith("links/")} <= {
        ("links/broken", "index.md"),
        ("links/broken", "over-het-algoritmekader.md"),
        ("links/broken", "sitemap.md"),
        ("links/broken", "veelgestelde-vragen.md"),
        ("links/broken", "template-hulpmiddel.md"),
        ("links/broken", "template-maatregel.md"),
        ("links/broken", "template-vereiste.md"),
        ("links/broken-anchor", "ontwikkelen.md"),
        ("links/broken-anchor", "verificatie-en-validatie.md"),
        ("links/empty-target", "2-owp-33-technische-interventies-robuustheid.md"),
        ("links/empty-target", "aia-26-recht-op-uitleg-ai-besluiten.md"),
        ("links/own-site", "index.md"),
        ("links/unsafe-scheme", "index.md"),
    }
