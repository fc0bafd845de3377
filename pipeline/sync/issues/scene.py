"""What every issue is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.errors import Text
    from pipeline.model.framework import Framework
    from pipeline.reports.report import Report
    from pipeline.sync.issues.places import Places
    from pipeline.sync.labels import Label, Labels


class Scene(NamedTuple):
    """The framework and its findings, where things stand on GitHub, and the labels there."""

    framework: Framework
    report: Report
    places: Places
    labels: Labels

    @property
    def standing(self) -> Mapping[str, Label]:
        """The labels that there always are, by name: a form cannot hang one on an issue that is not there."""
        kinds = (self.labels.of_kind(kind) for kind in self.framework.kinds.values() if kind.form)
        return {label.name: label for label in (*self.labels.fixed.values(), *kinds)}

    @property
    def language(self) -> str:
        """The language of what is written."""
        return self.report.language

    def say(self, text: Text) -> str:
        """Give a text in that language."""
        return text.in_language(self.language)
