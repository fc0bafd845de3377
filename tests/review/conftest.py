from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.github.hub import Hub
from tests.github.permissions import granted
from tests.review.desk import Desk
from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RIGHTS = granted(ROOT / ".github" / "workflows" / "review.yml", "post")
"""What the workflow gives its job: the fake refuses all else."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Give GitHub on loopback, whose token may do what the workflow says."""
    one = Hub(RIGHTS)
    with one.serving():
        yield one


@pytest.fixture
def desk(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(hub, tmp_path / "main", monkeypatch, capsys)
