from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.github.hub import Hub
from tests.review.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RIGHTS = {"actions": "read", "contents": "read", "pull-requests": "write"}
"""What review.yml gives its job."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Give GitHub on loopback, whose token may do what the workflow says."""
    one = Hub(RIGHTS)
    with one.serving():
        yield one


@pytest.fixture
def desk(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(hub, tmp_path / "main", monkeypatch, capsys)
