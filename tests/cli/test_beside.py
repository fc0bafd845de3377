"""Rules in two processes find what they find in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.load import load
from pipeline.rules import run
from pipeline.rules.run import check_framework
from pipeline.world import workers
from pipeline.world.files import WorkingTree
from pipeline.world.workers import beside
from tests.model.test_schemas import schemas_in
from tests.support import CORPUS, ROOT, needs_corpus

if TYPE_CHECKING:
    import pytest


@needs_corpus
def test_two_processes_find_the_same_at_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    framework = load(WorkingTree(CORPUS), schemas_in(ROOT / "schemas" / "profiles" / "minbzk"))
    monkeypatch.setattr(workers, "processors", lambda: 2)
    assert len(framework.documents) >= run.MANY
    one, two = check_framework(framework), check_framework(framework, beside=beside)
    assert one == two
    assert len(one) > 100
    sources = {id(document.source) for document in (*framework.documents, *framework.extras.values())}
    assert all(id(finding.problem.location.source) in sources for finding in two)
