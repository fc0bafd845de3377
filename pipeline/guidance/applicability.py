"""Whether an entry applies to a profile.

An entry says when it applies: always, or in one of some cases; in a case, each feature of the
profile has one of the words. What a profile does not know makes it possible, not certain.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.demands import Guidance
    from pipeline.model.framework import Entry


class Verdict(StrEnum):
    """Whether something applies."""

    YES = "applies"
    MAYBE = "may-apply"
    NO = "does-not-apply"


def verdict(entry: Entry, profile: Mapping[str, Any], guidance: Guidance) -> Verdict:
    """Judge an entry for a profile; what says nothing about it applies always."""
    cases = entry.fields.get(guidance.applies, guidance.always)
    if cases == guidance.always or not isinstance(cases, list):
        return Verdict.YES
    judged = {_case(case, profile, guidance.unknown) for case in cases if isinstance(case, dict)}
    return next((each for each in (Verdict.YES, Verdict.MAYBE) if each in judged), Verdict.NO)


def _case(case: Mapping[str, Any], profile: Mapping[str, Any], unknown: str) -> Verdict:
    found = Verdict.YES
    for feature, words in case.items():
        value = profile.get(feature, unknown)
        if value == unknown:
            found = Verdict.MAYBE
        elif value not in (words if isinstance(words, list) else [words]):
            return Verdict.NO
    return found
