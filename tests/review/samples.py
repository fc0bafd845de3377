"""Six pull requests and what is said of them: kept as files for people to read, and shown in docs/review.md.

``python -m tests.review.samples`` writes them anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.reports.review.comment import all_solved, comment
from tests.review.making import RULES, around, review_of, rule_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(__file__).parent / "samples"

AVG = f"{RULES}/avg-13-doe-een-dpia.md"
AWB = f"{RULES}/awb-01-wees-zorgvuldig.md"
NEW = f"{RULES}/awb-02-luister.md"
OLD = {AWB: rule_page("awb-01", "Wees zorgvuldig", "Zie [de uitleg](uitleg.md).", datum="vorig jaar")}


def first_run() -> str:
    """Tell of a first pull request: it brings problems of all sorts, touches old ones and changes what is covered."""
    now = {
        NEW: rule_page("awb-02", "Luister goed  ", status="koncept", stap="ontwerp"),
        AWB: rule_page("awb-01", "Wees altijd zorgvuldig", "Zie [de uitleg](uitleg.md).", datum="vorig jaar"),
        AVG: rule_page("avg-13", "Doe vooraf een DPIA", status="vastgesteld", stap="[monitoring-en-beheer]"),
        "content/stappen.yaml": "- id: urn:klein:stap:ont\n  title: Ontwerp\n  slug: ontwerp\n"
        "- id: urn:klein:stap:beh\n  title: Monitoring en beheer\n  slug: monitoring-en-beheer\n"
        "- id: urn:klein:stap:uit\n  title: Uitfaseren\n  slug: uitfaseren\n",
    }
    return comment(review_of(now, OLD), around())


def new_errors() -> str:
    """Tell of the next push: what was wrong is mended, but a page that others link to has another name now."""
    now = {
        AWB: None,
        f"{RULES}/awb-05-wees-zorgvuldig.md": rule_page(
            "awb-05", "Wees zorgvuldig", "Verzamel de feiten die je nodig hebt voor je besluit.", stap="[ontwerp]"
        ),
    }
    return comment(review_of(now), around())


def solved() -> str:
    """Tell that everything is solved: the comment shrinks to one line."""
    return all_solved(around())


def hostile() -> str:
    """Tell of one in which somebody tries what can be tried in titles, names of files, ids and values."""
    now = {
        f"{RULES}/awb-02-@minister `x` ![a](b).md": rule_page(
            "awb-02",
            "'<img src=x onerror=alert(1)> @minister #1 ``` [klik](https://voorbeeld.example) \u202ednalrebmem'",
            "Zie [@minister](<[klik](https://voorbeeld.example).md>).",
            status="'```suggestion'",
            soort="'{0.__class__} {field} ${{ secrets.GITHUB_TOKEN }}'",
            artikel="'<!-- kader:review --> </details> | **vet** _schuin_ & ~~weg~~'",
        )
    }
    return comment(review_of(now), around())


def many() -> str:
    """Tell of five hundred problems: the worst come first, the rest is counted."""
    now: Mapping[str, str | None] = {
        f"{RULES}/awb-{number:02}-regel.md": rule_page(
            f"awb-{number:02}", f"Regel {number}", "".join(f"Zie [{each}](weg-{each}.md).\n" for each in range(10))
        )
        for number in range(10, 60)
    }
    return comment(review_of(now), around())


def checker_changed() -> str:
    """Tell of one that changes its own check: nothing seems wrong, and people are told why to look."""
    files = (".github/workflows/check.yml", "pipeline/rules/links/broken.py", "schemas/regel.schema.json")
    return comment(review_of({NEW: rule_page("awb-02", stap="[ontwerp]")}), around(checker=files))


SAMPLES: Mapping[str, Callable[[], str]] = {
    "eerste-keer": first_run,
    "nieuwe-fouten": new_errors,
    "opgelost": solved,
    "vijandig": hostile,
    "vijfhonderd": many,
    "controle-gewijzigd": checker_changed,
}


def main() -> None:
    """Write the files anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        (FOLDER / f"{name}.md").write_text(make(), "utf-8", newline="")


if __name__ == "__main__":
    main()
