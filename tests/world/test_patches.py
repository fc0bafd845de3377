"""Patches on disk: all or none, and never more than was read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipeline.errors import UserError
from pipeline.findings import Edit
from pipeline.fixing.patch import Patch
from pipeline.text import Source
from pipeline.world.files import WorkingTree
from pipeline.world.patches import is_own_file, write_patches


def patch(root: Path, path: str, after: str, target: str = "") -> Patch:
    """Replace all of a file's text."""
    source = Source(path=path, text=(root / path).read_bytes().decode())
    return Patch(
        source=source, edits=(Edit(location=source.at(0, len(source.text)), replacement=after),), target=target
    )


def state(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "map").mkdir(parents=True)
    for name in ("a.md", "b.md", "map/c.md"):
        (folder / name).write_text(name)
    return folder


def test_writes_just_those_bytes_and_keeps_the_mode(root: Path) -> None:
    (root / "a.md").chmod(0o640)
    write_patches(root, [patch(root, "a.md", "\ufeffé\r\n𝄞\r")])
    assert state(root) == {"a.md": "\ufeffé\r\n𝄞\r".encode(), "b.md": b"b.md", "map/c.md": b"map/c.md"}
    assert stat.S_IMODE((root / "a.md").stat().st_mode) == 0o640


def test_moves_a_file_and_makes_one(root: Path) -> None:
    (root / "a.md").chmod(0o755)
    made = Source(path="map/new.md", text="")
    created = Patch(source=made, edits=(Edit(location=made.at(0), replacement="new"),), created=True)
    write_patches(root, [patch(root, "a.md", "x", "other/z.md"), created])
    assert state(root) == {"b.md": b"b.md", "map/c.md": b"map/c.md", "map/new.md": b"new", "other/z.md": b"x"}
    assert stat.S_IMODE((root / "other/z.md").stat().st_mode) == 0o755


def test_only_another_name(root: Path) -> None:
    source = Source(path="a.md", text="a.md")
    write_patches(root, [Patch(source=source, target="A.md")])
    assert state(root) == {"A.md": b"a.md", "b.md": b"b.md", "map/c.md": b"map/c.md"}


def refused(root: Path, patches: list[Patch], words: str) -> None:
    before = state(root)
    with pytest.raises(UserError, match=words):
        write_patches(root, patches)
    assert state(root) == before, "all or nothing"


def test_a_file_that_changed_since_it_was_read(root: Path) -> None:
    patches = [patch(root, "a.md", "1"), patch(root, "b.md", "2")]
    (root / "b.md").write_text("somebody was here")
    refused(root, patches, "b.md was changed elsewhere")


def test_a_file_that_changes_at_the_last_moment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patches = [patch(root, "a.md", "1"), patch(root, "b.md", "2")]
    replace = Path.replace

    def slow(self: Path, target: Path) -> Path:
        if target == root / "a.md":
            (root / "b.md").write_text("somebody was here")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", slow)
    with pytest.raises(UserError, match=r"b\.md was changed elsewhere"):
        write_patches(root, patches)
    assert state(root) == {"a.md": b"a.md", "b.md": b"somebody was here", "map/c.md": b"map/c.md"}


def test_a_file_that_is_no_text_after_all(root: Path) -> None:
    source = Source(path="a.md", text="\ufffd")
    (root / "a.md").write_bytes(b"\xff")
    refused(root, [Patch(source=source, edits=(Edit(location=source.at(0, 1), replacement="x"),))], "changed elsewhere")


def test_a_file_that_can_only_be_read(root: Path) -> None:
    (root / "b.md").chmod(0o444)
    refused(root, [patch(root, "a.md", "1"), patch(root, "b.md", "2")], "b.md can only be read")


def test_a_new_name_that_is_taken(root: Path) -> None:
    refused(root, [patch(root, "a.md", "1", "b.md")], "b.md exists already")
    refused(root, [Patch(source=Source(path="b.md", text=""), created=True)], "b.md exists already")
    (root / "dangling.md").symlink_to("nowhere.md")
    refused(root, [patch(root, "a.md", "1", "dangling.md")], "dangling.md exists already")


def test_links_are_left_alone(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/d.md").write_text("d")
    (root / "link.md").symlink_to("a.md")
    (root / "out").symlink_to(tmp_path / "outside")
    assert is_own_file(root, "a.md")
    assert is_own_file(root, "map/c.md")
    assert not any(is_own_file(root, path) for path in ("link.md", "out/d.md", "map", "gone.md", "map/../a.md"))
    refused(root, [patch(root, "link.md", "1")], "link.md is no ordinary file")
    refused(root, [patch(root, "out/d.md", "1")], "out/d.md is no ordinary file")
    refused(root, [patch(root, "a.md", "1", "out/new.md")], "out/new.md is outside this folder")
    refused(root, [patch(root, "a.md", "1", "../new.md")], "../new.md is outside this folder")
    assert sorted(path.name for path in (tmp_path / "outside").iterdir()) == ["d.md"]


def test_a_root_may_be_a_link_itself(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(root)
    write_patches(tmp_path / "other", [patch(root, "map/c.md", "x")])
    assert (root / "map/c.md").read_text() == "x"


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError(28, "No space left on device"), SystemExit])
@pytest.mark.parametrize("name", ["b.md", "map/c.md"])
def test_an_interruption_half_way_is_undone(
    root: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, name: str
) -> None:
    before = state(root)
    (root / "a.md").chmod(0o600)
    patches = [patch(root, "a.md", "1", "z.md"), patch(root, "b.md", "2"), patch(root, "map/c.md", "3", "map/d.md")]
    target = {"b.md": "b.md", "map/c.md": "map/d.md"}[name]
    replace = Path.replace

    def failing(self: Path, place: Path) -> Path:
        if place == root / target:
            monkeypatch.undo()
            raise trouble
        return replace(self, place)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(UserError if isinstance(trouble, OSError) else trouble):  # type: ignore[arg-type]
        write_patches(root, patches)
    assert state(root) == before
    assert stat.S_IMODE((root / "a.md").stat().st_mode) == 0o600


def test_nothing_is_left_beside_the_files(root: Path) -> None:
    write_patches(root, [patch(root, "a.md", "1"), patch(root, "b.md", "2", "map/b.md")])
    assert sorted(WorkingTree(root).list()) == ["a.md", "map/b.md", "map/c.md"]
