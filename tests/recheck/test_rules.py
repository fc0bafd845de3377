"""Each rule says how far it looks, and those that look at everything are known."""

from __future__ import annotations

import pytest

from pipeline.rules.registry import rules

LOOKED_INTO = {
    *("completeness/example-missing", "completeness/measure-missing", "coverage/accepted-gap"),
    *("coverage/closed-gap", "coverage/expectation", "coverage/gap", "derived/stale", "ids/duplicate"),
    *("ids/ledger", "ids/redirect-chain", "ids/redirect-cycle", "ids/reused", "ids/vanished"),
    *("links/label-mismatch", "references/navigation", "schema/invalid-schema", "source/case-collision"),
    *("source/unclaimed-file", "text/term-duplicate"),
}
"""Rules over all entries together, of which is known after which changes they may find something else.

Another one belongs here once `pipeline.recheck.wide` says of each change that it may feel that it is felt,
or `pipeline.recheck.patch` asks it again.
"""


def test_rules_over_everything_are_known() -> None:
    assert {name for name, rule in rules().items() if rule.framework} == LOOKED_INTO


@pytest.mark.parametrize("name", [name for name, rule in rules().items() if rule.nearby and rule.framework])
def test_what_is_compared_is_told_apart_by_its_variant(name: str) -> None:
    messages = rules()[name].messages
    assert isinstance(messages, dict)
    assert set() < rules()[name].compared < messages.keys()
