"""Comments with which issues are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.reports.markdown import code
from pipeline.sync.issues.actions import Comment, Why

if TYPE_CHECKING:
    from pipeline.sync.issues.marker import Marker
    from pipeline.sync.issues.places import Places


def closing(marker: Marker, why: Why, places: Places, language: str, heir: str = "") -> Comment:
    """Say why an issue is closed, and at which commit that was seen; once for each time that it was open."""
    name, successor = code(marker.topic.name), code(heir)
    texts = {
        Why.SOLVED: Text(
            nl="Alles in dit issue is opgelost. Wordt er later weer iets gevonden, dan gaat het vanzelf weer open.",
            en="All of this issue is solved. If something is found again, it opens by itself.",
        ),
        Why.REPLACED: Text(
            nl=f"{name} is vervangen door {successor}. Daar is niets gevonden.",
            en=f"{name} was replaced by {successor}. Nothing was found there.",
        ),
        Why.WITHDRAWN: Text(
            nl=f"{name} is ingetrokken. Er hoeft dus niets meer te gebeuren.",
            en=f"{name} was withdrawn. So nothing needs to be done any more.",
        ),
        Why.VANISHED: Text(
            nl=f"{name} staat niet meer in het kader. Er hoeft dus niets meer te gebeuren.",
            en=f"{name} is no longer in the framework. So nothing needs to be done any more.",
        ),
    }
    return _signed(marker, texts[why], places, language)


def emptied(marker: Marker, places: Places, language: str) -> Comment:
    """Say that nothing waits any more."""
    text = Text(nl="Er wacht niets meer op een issue.", en="Nothing waits for an issue any more.")
    return _signed(marker, text, places, language)


def double(number: int, language: str) -> Comment:
    """Point at the issue that goes on."""
    text = Text(
        nl=f"Dit issue gaat over hetzelfde als #{number}. Daar gaan we verder, dus dit issue gaat dicht.",
        en=f"This issue is about the same as #{number}. That one goes on, so this one closes.",
    )
    return Comment(f"<!-- kader:double {number} -->", text.in_language(language))


def _signed(marker: Marker, text: Text, places: Places, language: str) -> Comment:
    seen = Text(nl=f"Gezien bij commit {places.revision()}.", en=f"Seen at commit {places.revision()}.")
    sign = f"<!-- kader:closed {marker.content or '-'} {marker.round} -->"
    return Comment(sign, f"{text.in_language(language)} {seen.in_language(language)}")
