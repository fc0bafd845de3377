"""The files of a revision are those that a working directory of it would have."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.text import LARGEST, OutsideRootError
from pipeline.world.files import WorkingTree
from pipeline.world.git_tree import GitTree
from pipeline.world.repository import Repository
from pipeline.world.workers import shared_map
from tests.world.repositories import commit, git, repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return repository(tmp_path / "kader")


def tree_of(folder: Path, revision: str = "HEAD") -> GitTree:
    repo = Repository(folder)
    return GitTree(repo, repo.fork_point(revision), repo.prefix)


def contents(tree: WorkingTree | GitTree) -> dict[str, bytes]:
    def read(path: str) -> bytes:
        try:
            return tree.read(path)
        except OutsideRootError:
            return b"outside"

    return {path: read(path) for path in tree.list()}


def test_every_file_of_a_revision(folder: Path) -> None:
    files = {
        "content/één map/a b.md": "é\r\n".encode(),
        'content/"aan\thaling".md': b"\xff",
        "leeg.md": b"",
        "a/b/c/d.yaml": b"x",
    }
    commit(folder, files)
    commit(folder, {"leeg.md": None, "nieuw.md": "x"})
    with tree_of(folder) as now, tree_of(folder, "HEAD~1") as before:
        assert contents(now) == contents(WorkingTree(folder))
        assert contents(before) == files


def test_a_name_that_is_no_utf8(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        commit(folder, {name: "x"})
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    with tree_of(folder) as tree:
        assert list(tree.list()) == list(WorkingTree(folder).list()) == [name]


def test_a_folder_of_the_repository(folder: Path) -> None:
    commit(folder, {"kader/content/a.md": "a", "kader2/b.md": "b", "c.md": "c"})
    with tree_of(folder / "kader") as tree:
        assert contents(tree) == {"content/a.md": b"a"}
    (folder / "nieuw").mkdir()
    with tree_of(folder / "nieuw") as tree:
        assert list(tree.list()) == []


@pytest.mark.parametrize("name", [":(top)x", "*", "[a]", "-x", "a\\b", "$HOME", "~"])
def test_a_folder_with_a_name_that_git_could_take_for_a_pattern(folder: Path, name: str) -> None:
    commit(folder, {f"{name}/a.md": "a", "x/b.md": "b"})
    with tree_of(folder / name) as tree:
        assert contents(tree) == {"a.md": b"a"}


def test_links(folder: Path) -> None:
    commit(folder, {"content/a.md": "a", "map/b.md": "b"})
    (folder / "buiten.md").write_text("buiten")
    for name, target in {
        "naar-bestand.md": "a.md",
        "naar-link.md": "naar-bestand.md",
        "naar-map": "../map",
        "door-map.md": "naar-map/b.md",
        "nergens.md": "weg.md",
        "rond.md": "rond.md",
        "naar-boven.md": "../../../etc/hostname",
        "absoluut.md": "/etc/hostname",
        "omweg.md": "../content/../content/./a.md",
    }.items():
        (folder / "content" / name).symlink_to(target)
    commit(folder, {})
    with tree_of(folder) as tree:
        found = contents(tree)
        assert found == contents(WorkingTree(folder)) | {"content/naar-boven.md": b"outside"}
        assert found["content/door-map.md"] == b"b"
        assert found["content/absoluut.md"] == b"outside"
        assert "content/nergens.md" not in found
        for path in ("content/nergens.md", "content/rond.md", "content/naar-map", "bestaat-niet.md"):
            with pytest.raises(FileNotFoundError):
                tree.read(path)


def test_a_link_out_of_the_root_but_not_of_the_repository(folder: Path) -> None:
    commit(folder, {"kader/a.md": "a", "geheim.md": "b"})
    (folder / "kader" / "b.md").symlink_to("../geheim.md")
    commit(folder, {})
    with tree_of(folder / "kader") as tree:
        assert contents(tree) == contents(WorkingTree(folder / "kader")) == {"a.md": b"a", "b.md": b"outside"}


def test_folders_of_tools_are_skipped_as_on_disk(folder: Path) -> None:
    commit(
        folder,
        {"a.md": "a", "node_modules/b/c.md": "c", "dist/.kader-output": "x", "dist/site/d.md": "d", ".venv/e.md": "e"},
    )
    with tree_of(folder) as tree:
        assert contents(tree) == contents(WorkingTree(folder)) == {"a.md": b"a"}


def test_a_very_deep_path(folder: Path) -> None:
    deep = "/".join("a" * 500)
    commit(folder, {"x.md": "x"})
    name = git(folder, "rev-parse", "HEAD:x.md")
    path = f"{deep}/{deep}/{deep}/x.md"
    git(folder, "update-index", "--add", "--cacheinfo", f"100644,{name},{path}")
    git(folder, "commit", "--quiet", "--message", "Diep")
    with tree_of(folder) as tree:
        assert path in set(tree.list())
        assert tree.read(path) == b"x"


def test_a_link_that_no_disk_could_hold_leads_nowhere(folder: Path) -> None:
    commit(folder, {"a.md": "a"})
    (folder / "target").write_text("./" * 50_000 + "a.md")
    name = git(folder, "hash-object", "-w", "target").strip()
    for number in range(50):
        git(folder, "update-index", "--add", "--cacheinfo", f"120000,{name},{number}.md")
    git(folder, "commit", "--quiet", "--message", "links")
    with tree_of(folder) as tree:
        assert list(tree.list()) == ["a.md"]


def test_a_submodule_is_another_repository(folder: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "ander", {"b.md": "b"})
    commit(folder, {"a.md": "a"})
    git(folder, "submodule", "--quiet", "add", str(other), "content/sub")
    commit(folder, {})
    with tree_of(folder) as tree:
        assert set(tree.list()) == {"a.md", ".gitmodules"}
        with pytest.raises(FileNotFoundError):
            tree.read("content/sub")


def test_a_large_file_is_not_read_to_its_end(folder: Path) -> None:
    commit(folder, {"groot.md": b"x" * (3 * LARGEST), "grens.md": b"y" * LARGEST, "klein.md": "z"})
    with tree_of(folder) as tree:
        assert tree.read("groot.md") == b"x" * (LARGEST + 1)
        assert tree.read("klein.md") == b"z"
        assert len(tree.read("grens.md")) == LARGEST
        assert tree.read("groot.md") == WorkingTree(folder).read("groot.md")


def test_whether_a_file_holds_just_these_bytes(folder: Path) -> None:
    commit(folder, {"a.md": "é"})
    with tree_of(folder) as tree:
        assert tree.holds("a.md", "é".encode())
        assert not tree.holds("a.md", b"e")
        assert not tree.holds("b.md", b"")


def test_a_repository_that_names_objects_with_sha256(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"a.md": "x"}, "--object-format=sha256")
    with tree_of(folder) as tree:
        assert contents(tree) == {"a.md": b"x"}
        assert tree.holds("a.md", b"x")
        assert len(git(folder, "rev-parse", "HEAD:a.md")) == len(hashlib.sha256().hexdigest())


def test_copies_of_this_process_read_for_themselves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"content/{number:03}.md": f"nummer {number}" for number in range(300)}
    commit(folder, files)
    monkeypatch.setattr("pipeline.world.workers.processors", lambda: 3)
    with tree_of(folder) as tree:
        tree.read("content/000.md")
        paths = sorted(tree.list())
        assert list(shared_map(tree.read, paths)) == [files[path].encode() for path in paths]
        assert tree.read("content/001.md") == b"nummer 1"


def test_a_damaged_object(folder: Path) -> None:
    commit(folder, {"a.md": "a" * 100})
    name = git(folder, "rev-parse", "HEAD:a.md")
    place = folder / ".git" / "objects" / name[:2] / name[2:]
    place.chmod(0o644)
    place.write_bytes(b"kapot")
    with tree_of(folder) as tree, pytest.raises(UserError, match=r"git fsck|--refetch"):
        tree.read("a.md")


def test_reading_writes_nothing(folder: Path) -> None:
    commit(folder, {"a.md": "a"})
    (folder / "a.md").write_text("b")
    (folder / "b.md").write_text("b")

    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = everything()
    with tree_of(folder) as tree:
        contents(tree)
    assert everything() == before


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.dictionaries(NAMES, st.binary(max_size=50), min_size=1, max_size=5))
def test_any_name_and_any_bytes(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = repository(tmp_path_factory.mktemp("repo"))
    stored = dict(_stored(folder, files))
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Werk")
    with tree_of(folder) as tree:
        assert contents(tree) == stored


def _stored(folder: Path, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Put files in the index by their bytes: a disk may not take every name."""
    for name, data in files.items():
        if name in {".", ".."} or name.lower() == ".git" or any(part in name for part in ("\u200c", "git~")):
            continue
        (folder / ".git" / "data").write_bytes(data)
        blob = git(folder, "hash-object", "-w", "--no-filters", str(folder / ".git" / "data"))
        git(folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
        yield name, data
