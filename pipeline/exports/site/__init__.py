"""The website: static pages in Dutch that need no server, script or other host.

Every name, label and grouping comes from the schemas. The language is Dutch whatever the
context says: the content is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.exports.artifact import Artifact, Context
    from pipeline.model.framework import Framework


def export(framework: Framework, context: Context) -> Iterator[Artifact]:
    """Give every page of the site, its style and its list of pages."""
    from pipeline.exports.site.build import artifacts

    yield from artifacts(framework, context)
