"""Small parts of the second step: which lines a patch adds, which files are the check's own, what must agree."""

from __future__ import annotations

import pytest
import yaml

from pipeline.sync.review.checker import NAMES, ChangedFile, checker_files
from pipeline.sync.review.run import WORKFLOW
from pipeline.sync.review.suggest import added_lines
from pipeline.world.files import _SKIPPED_WHEN_HOLDING
from pipeline.world.github.runs import MEMBER, NAME
from tests.support import ROOT

PATCH = """@@ -1,4 +1,5 @@ kop
 een
-twee
+2
+2,5
 drie
@@ -40 +42 @@
-veertig
+@@ -1 +1 @@
\\ No newline at end of file"""


def test_lines_that_a_patch_adds() -> None:
    assert added_lines(PATCH) == {2, 3, 42}
    assert added_lines("") == frozenset()


@pytest.mark.parametrize(
    ("path", "is_checker"),
    [
        (".github/workflows/check.yml", True),
        (".GitHub/workflows/check.yml", True),
        ("pipeline/rules/run.py", True),
        ("schemas/regel.schema.json", True),
        ("requirements/run.txt", True),
        ("Makefile", True),
        ("GNUmakefile", True),
        ("pyproject.toml", True),
        ("action.yml", True),
        ("click.py", True),
        ("schemas", True),  # a link in the place of a folder
        ("venv/__main__.py", True),  # `python -m venv` would run it
        ("sitecustomize.pyc", True),
        ("content/json.cpython-314-x86_64-linux-gnu.so", True),  # with a link `sitecustomize` to that folder
        ("content/.gitattributes", True),
        ("content/regels/CACHEDIR.TAG", True),  # the check would not read that folder
        ("kader/schemas/regel.schema.json", True),  # where the framework lies in a folder
        ("content/regels/a.md", False),
        ("content/pipeline/a.md", False),
        ("docs/schemas.md", False),
        ("README.md", False),
    ],
)
def test_files_of_the_check_itself(path: str, *, is_checker: bool) -> None:
    assert bool(checker_files([ChangedFile(path)], "kader/")) is is_checker
    assert bool(checker_files([ChangedFile("content/a.md", former=path)], "kader/")) is is_checker


def test_what_hides_a_folder_from_the_check_belongs_to_it() -> None:
    assert {name.casefold() for name in _SKIPPED_WHEN_HOLDING} <= NAMES


def test_the_second_step_knows_what_the_first_is_called() -> None:
    jobs = yaml.safe_load((ROOT / WORKFLOW).read_text("utf-8"))["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    kept = [step["with"] for step in steps if "upload-artifact" in step.get("uses", "")]
    assert all(checker_files([ChangedFile(each["path"])]) for each in kept), "nobody puts anything there unnoticed"
    assert [each["path"].rpartition("/")[2] for each in kept if each["name"] == NAME] == [MEMBER]
