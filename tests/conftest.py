"""What holds for every test."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.github.hub import Hub

# As in the command itself: a search for garbage in the midst of a test that takes time would be
# what it measures.
gc.set_threshold(200_000, 20, 100)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's own cache out of it, and leave nothing there."""
    folder: Path = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("KADER_CACHE", str(folder))


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Give GitHub on loopback, serving; its token may do everything."""
    from tests.github.hub import Hub  # noqa: PLC0415 - few tests need it

    one = Hub()
    with one.serving():
        yield one
