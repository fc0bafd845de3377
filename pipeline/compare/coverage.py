"""What the framework covers now, and covered before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.compare.changes import CoverageChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.compare.lookups import Lookups
    from pipeline.model.framework import Framework


def coverage_changes(before: Framework, after: Framework, lookups: Lookups) -> Iterator[CoverageChange]:
    """Give the measures with other numbers; one that measures something else now cannot be compared."""
    former = {measure.name: measure for measure in before.settings.demands.coverage}
    alike = [each.name for each in after.settings.demands.coverage if former.get(each.name) == each]
    old, new = (lookups.figures(framework) if alike else {} for framework in (before, after))
    for name in alike:
        if name in old and name in new and old[name] != new[name]:
            yield CoverageChange(name, old[name], new[name])
