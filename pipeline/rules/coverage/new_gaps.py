"""Gaps that a change opens weigh more than those that were there before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.findings import Severity

if TYPE_CHECKING:
    from pipeline.findings import Finding

RULE: Final = "coverage/gap"


def raised(finding: Finding) -> Finding:
    """Make a warning of a gap that is new against the base; any other finding stays as it is.

    To be asked of the findings whose fingerprint the base does not have. That of a gap is made
    of its measure, its entry and what that lacks it for, so it stays when other gaps close.
    """
    is_notice = finding.rule == RULE and finding.severity is Severity.NOTICE
    return replace(finding, severity=Severity.WARNING) if is_notice else finding
