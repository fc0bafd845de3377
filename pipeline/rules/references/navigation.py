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
from pipeline.model.kinds import Navigation
from pipeline.rules.nearest import nearest_entry
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.framework import Framework


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Het menu noemt “{key}”, maar die pagina is er niet.",
            en="The menu names “{key}”, but there is no such page.",
        ),
        "glob": Text(nl="Geen enkele pagina past bij “{key}”.", en="No page fits “{key}”."),
        "file": Text(nl="Het menubestand “{key}” is er niet.", en="There is no menu file “{key}”."),
    },
    help=Text(
        nl="Schrijf het pad zoals het nu is, of haal de regel weg.",
        en="Write the path as it is now, or take the line away.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at each page in each navigation file."""
    for navigation in framework.settings.navigation:
        document = framework.extras.get(navigation.file)
        if document is not None and document.front is not None:
            yield from _of_file(framework, navigation, document)


def _of_file(framework: Framework, navigation: Navigation, document: Document) -> Iterator[Problem]:
    nav = document.front.child("nav") if document.front else None
    prefix = f"{navigation.root}/" if navigation.root else ""
    pages = {path.removeprefix(prefix): path for path in framework.files if path.startswith(prefix)}
    for path, node in nav.walk() if nav else ():
        if node.children or not isinstance(node.value, str):
            continue
        written = node.value.strip()
        if written.startswith("..."):
            # mkdocs-awesome-pages: "... | pattern" stands for the pages that fit and are not named.
            pattern = written.rpartition("|")[2].strip()
            if "|" in written and not any(fnmatchcase(page, pattern) for page in pages):
                yield Problem(location=document.place(node), variant="glob", parameters={"key": pattern})
            continue
        if "://" in written or posixpath.normpath(written) in pages:
            continue
        if not written.endswith((".md", "/")) and "." not in posixpath.basename(written):
            continue  # a heading of the menu, or a folder
        titles = {page: page for page in pages if page.endswith(".md")}
        yield Problem(
            location=document.place(node),
            field=".".join(map(str, ("nav", *path))),
            parameters={"key": written, "suggestions": nearest_entry(written, titles)},
        )
