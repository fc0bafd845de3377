"""A fresh runner for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.workflows.act import new_runner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.workflows.act import Runner


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Give a runner with this repository in it."""
    return new_runner(tmp_path)
