"""``kader forms``, as a person uses it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.cli.main import run
from pipeline.sync.proposals.forms import written
from tests.support import FIXTURES
from tests.sync.filled_in import AGREEMENT, form, regel_schema

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "klein"
    shutil.copytree(FIXTURES / "klein", root)
    schemas = root / "schemas"
    (schemas / "regel.schema.json").write_text(json.dumps(regel_schema()))
    settings = json.loads((schemas / "framework.json").read_text())
    (schemas / "framework.json").write_text(json.dumps({**settings, "forms": AGREEMENT}))
    monkeypatch.chdir(root)
    monkeypatch.delenv("KADER_LANG", raising=False)
    return root


def test_forms_are_written_once(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = ".github/ISSUE_TEMPLATE/regel.yml"
    assert run(["forms", "--check"]) == 1
    assert capsys.readouterr().out == f"{path} is niet meer zoals de schema's het vragen. Draai: kader forms\n"
    assert not (small / path).exists()
    assert run(["forms"]) == 0
    assert capsys.readouterr().out == f"Geschreven: {path}\n"
    assert (small / path).read_text() == written(form())
    assert run(["forms", "--check"]) == 0
    assert capsys.readouterr().out == "Alle formulieren zijn bij.\n"


def test_without_forms_nothing_is_written(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FIXTURES / "klein" / "schemas", small / "schemas", dirs_exist_ok=True)
    assert run(["forms"]) == 0
    assert capsys.readouterr().out == "Geen schema vraagt om een formulier (x-form).\n"
    assert not (small / ".github").exists()
