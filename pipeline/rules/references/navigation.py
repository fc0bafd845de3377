"""The site's navigation names a page that does not exist.

The menu then has a dead entry, or the site cannot be built.

Bad: ``- Ontwerp: levenscyclus/ontwerpen.md``

Good: ``- Ontwerp: levenscyclus/ontwerp.md``

Mend it: write the path of the page as it is now, or take the line away.
"""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest_entry
from pipeline.rules.rule import framework_rule
from pipeline.rules.schema.edits import rewritten
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.document import Document, Node
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Navigation


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Het menu noemt “{key}”, maar die pagina is er niet.",
            en="The menu names “{key}”, but there is no such page.",
        ),
        "glob": Text(
            nl="Het menu noemt pagina's als “{key}”, maar die zijn er niet.",
            en="The menu names pages like “{key}”, but there are none.",
        ),
        "file": Text(
            nl="Het bestand met het menu, “{key}”, is er niet.",
            en="The file with the menu, “{key}”, is not there.",
        ),
    },
    help={
        "": Text(
            nl="Schrijf het pad zoals het nu is, of haal de regel weg.",
            en="Write the path as it is now, or take the line away.",
        ),
        "file": Text(
            nl="Verbeter het pad bij “navigation” in dit bestand.",
            en="Correct the path at “navigation” in this file.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at each page in each navigation file."""
    for navigation in framework.settings.navigation:
        document = framework.extras.get(navigation.file)
        if document is not None:
            yield from _of_file(framework, navigation, document)
        elif navigation.file not in framework.files:
            # The schemas may lie in another tree, so only their path is known here.
            settings = Source(path=framework.settings.path, text="")
            yield Problem(
                location=settings.at(0), variant="file", parameters={"key": navigation.file}, subject=navigation.file
            )


def _of_file(framework: Framework, navigation: Navigation, document: Document) -> Iterator[Problem]:
    prefix = f"{navigation.root}/" if navigation.root else ""
    pages = {path.removeprefix(prefix): path for path in framework.files if path.startswith(prefix)}
    for field, node in names_in(document):
        problem = _of_page(document, node, field, pages)
        if problem:
            yield problem


def names_in(document: Document) -> Iterator[tuple[str, Node]]:
    """Give the names of pages in a navigation file, each with the place of its field."""
    nav = document.front.child("nav") if document.front else None
    for path, node in nav.walk(("nav",)) if nav else ():
        if not node.children and isinstance(node.value, str):
            yield ".".join(map(str, path)), node


def _of_page(document: Document, node: Node, field: str, pages: Mapping[str, str]) -> Problem | None:
    place, written = document.place(node), node.value.strip()
    if written.startswith("..."):
        # mkdocs-awesome-pages: "... | pattern" stands for the pages that fit and are not named.
        pattern = written.rpartition("|")[2].strip()
        if "|" not in written or any(fnmatchcase(page, pattern) for page in pages):
            return None
        return Problem(location=place, variant="glob", field=field, parameters={"key": pattern})
    if "://" in written or written.startswith(("mailto:", "#")) or _is_there(written, pages):
        return None
    texts = {page: page for page in pages if page.endswith(".md")}
    # The same name in a folder that was left out, or in another one.
    name = written.rpartition("/")[2]
    ends = (tuple(page for page in texts if page.endswith(f"/{end}")) for end in (written, name))
    near = next((found for found in ends if len(found) == 1), ()) or nearest_entry(written, texts)
    return Problem(
        location=place,
        field=field,
        parameters={"key": written, "suggestions": near},
        fix=rewritten(document, node, near[0]) if len(near) == 1 else None,
    )


def _is_there(written: str, pages: Mapping[str, str]) -> bool:
    """Whether it is a page, a folder with pages (mkdocs-literate-nav), or a heading of the menu."""
    path = posixpath.normpath(written)
    if path in pages:
        return True
    if written.endswith("/"):
        return any(page.startswith(f"{path}/") for page in pages)
    return "." not in posixpath.basename(written)
