"""Every kind of mistake, made in our own content and in the real corpus.

For each mistake there must be a finding at the right place, named by the right rule, with the
right first suggestion or fix where only one thing can have been meant; and no other finding.
``KADER_SEED`` makes the mistakes in other places; ``python -m tests.mutations`` tells more.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from pipeline.rules.registry import rules
from tests.mutations.harvest import harvest, worded
from tests.mutations.material import NAMES, OTHER, OWN, material
from tests.mutations.matrix import table
from tests.mutations.seed import collected, mutations
from tests.mutations.sow import DEFAULT, MOST, beds
from tests.support import CORPUS, needs_corpus

if TYPE_CHECKING:
    from tests.mutations.harvest import Harvest
    from tests.mutations.seed import Mutation

SEEDS = (DEFAULT, DEFAULT + 1)
MATERIALS = [pytest.param(name, marks=needs_corpus if name == OTHER else ()) for name in NAMES]


def materials() -> list[str]:
    """Give the materials that are here."""
    return [OWN, OTHER] if CORPUS.is_dir() else [OWN]


@cache
def harvests(name: str) -> tuple[Harvest, ...]:
    """Make every kind of mistake in a material, once a seed."""
    return tuple(harvest(bed) for seed in SEEDS for bed in beds(material(name), seed))


@pytest.mark.parametrize("mutation", collected(), ids=str)
def test_a_mistake_is_found(mutation: Mutation) -> None:
    made = (each for name in materials() for found in harvests(name) for each in found.verdicts)
    wrong = [each.told() for each in made if each.sown.mutation is mutation and not each.is_right]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("name", MATERIALS)
def test_nothing_is_said_of_files_without_a_mistake(name: str) -> None:
    assert not [worded(finding) for found in harvests(name) for finding in found.stray]


@pytest.mark.parametrize("name", MATERIALS)
def test_pages_have_one_to_five_mistakes(name: str) -> None:
    sizes = {len(sown) for found in harvests(name) for sown in found.bed.pages.values()}
    assert sizes == set(range(1, MOST + 1))


def test_every_kind_of_mistake_was_made_somewhere() -> None:
    made = {each.sown.mutation.name for name in materials() for found in harvests(name) for each in found.verdicts}
    missing = {each.name for each in collected()} - made
    assert len(missing) <= len(collected()) // 20, sorted(missing)


def test_every_rule_has_a_mistake() -> None:
    assert set(rules()) - {each.rule for each in mutations().values()} <= BEYOND.keys()


BEYOND = {
    "links/dead": "asks other websites",
    "links/moved": "the same",
    "schema/invalid-schema": "about the schemas, which are no content",
    "schema/not-as-described": "for demands of a schema that neither material makes",
    "ids/reused": "compares with an earlier revision",
    "source/outside-root": "about a file system, of which there is none here",
    "source/unreadable": "the same",
    "references/one-sided": "for layouts that store both sides, which neither material does",
}
"""Rules for which no mistake can be made here, and why."""


def test_the_matrix_can_be_printed() -> None:
    lines = list(table([(OWN, each) for each in harvests(OWN)]))
    assert lines[0].startswith("| rule")
    assert any(line.startswith("| all of them") for line in lines)
