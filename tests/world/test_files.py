"""Reading a working directory that may hold anything, and replacing a folder at once."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import UserError
from pipeline.exports.artifact import Artifact
from pipeline.text import LARGEST, OutsideRootError
from pipeline.world.files import MARKER, Snapshot, WorkingTree, read_text, replace_folder, write_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def artifact(name: str, content: bytes = b"new") -> Artifact:
    return Artifact(name=name, media_type="text/plain", content=content)


def listed(root: Path) -> list[str]:
    return sorted(WorkingTree(root).list())


def test_lists_files_by_their_path_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "content" / "a").mkdir(parents=True)
    (tmp_path / "content" / "a" / "één.md").write_text("x")
    (tmp_path / "b.yaml").write_text("x")
    assert listed(tmp_path) == ["b.yaml", "content/a/één.md"]


@pytest.mark.parametrize("name", [".git", "node_modules", ".venv", "__pycache__"])
def test_leaves_out_the_folders_of_tools(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "x.md").write_text("x")
    assert listed(tmp_path) == []


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "CACHEDIR.TAG", MARKER])
def test_leaves_out_folders_that_say_what_they_are(tmp_path: Path, marker: str) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "x.md").write_text("x")
    (tmp_path / "made" / marker).write_text("")
    assert listed(tmp_path) == []


def test_a_root_may_be_such_a_folder_itself(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("")
    assert listed(tmp_path) == [MARKER]


def test_a_link_in_a_circle_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert listed(tmp_path) == []


def test_a_link_to_a_file_inside_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("words")
    (tmp_path / "b.md").symlink_to("a.md")
    assert listed(tmp_path) == ["a.md", "b.md"]
    assert WorkingTree(tmp_path).read("b.md") == b"words"


@pytest.mark.parametrize("target", ["secret.md", "."])
def test_a_link_that_leads_out_is_listed_and_not_read(tmp_path: Path, target: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    (root / "out.md").symlink_to(tmp_path / target)
    assert listed(root) == ["out.md"]
    with pytest.raises(OutsideRootError):
        WorkingTree(root).read("out.md")


@pytest.mark.parametrize("path", ["../secret.md", "a/../../secret.md", "/etc/hostname"])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    with pytest.raises(OSError):  # noqa: PT011 - the sort does not matter
        WorkingTree(root).read(path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert listed(tmp_path) == []


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(100 * LARGEST)
    assert len(WorkingTree(tmp_path).read("huge.md")) == LARGEST + 1


def test_a_name_in_another_encoding_is_listed(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (tmp_path / name).write_text("x")
    assert listed(tmp_path) == [name]
    assert WorkingTree(tmp_path).read(name) == b"x"


def test_says_in_plain_words_what_stands_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError) as told:
        replace_folder(tmp_path / "file" / "site", [artifact("index.html")])
    assert told.value.text.nl.startswith("Schrijven naar file/site lukt niet: een deel van het pad is een bestand.")
    with pytest.raises(UserError, match="file is no folder"):
        replace_folder(tmp_path / "file", [artifact("index.html")])


def test_a_folder_that_may_not_be_looked_into_is_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.exists", denied)
    with pytest.raises(UserError, match="you may not write here"):
        replace_folder(tmp_path / "shut" / "site", [])


def test_replaces_a_folder_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    replace_folder(folder, [artifact("old.txt"), artifact("a/b.txt")])
    replace_folder(folder, [artifact("a/b.txt", b"newer")])
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [MARKER, "b.txt"]
    assert (folder / "a" / "b.txt").read_bytes() == b"newer"
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_others_may_read_what_was_written(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        replace_folder(tmp_path / "dist", [artifact("a.txt")])
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "dist").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "dist" / "a.txt").stat().st_mode) == 0o644


def interrupted(error: BaseException) -> Iterator[Artifact]:
    yield artifact("half.txt")
    raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("bug")])
def test_an_interruption_leaves_the_old_folder_whole(tmp_path: Path, error: BaseException) -> None:
    folder = tmp_path / "dist"
    replace_folder(folder, [artifact("old.txt")])
    with pytest.raises(type(error)):
        replace_folder(folder, interrupted(error))
    assert (folder / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_full_disk_leaves_the_old_folder_whole(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    replace_folder(folder, [artifact("old.txt")])
    with pytest.raises(UserError, match="still whole"):
        replace_folder(folder, interrupted(OSError(errno.ENOSPC, "No space left on device")))
    assert (folder / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_killed_between_the_two_moves_is_put_right(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    replace_folder(folder, [artifact("old.txt")])
    folder.rename(tmp_path / ".dist.old")
    with pytest.raises(KeyboardInterrupt):
        replace_folder(folder, interrupted(KeyboardInterrupt()))
    assert (folder / "old.txt").exists()


def test_a_folder_with_files_of_someone_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(UserError, match="did not make"):
        replace_folder(tmp_path, [artifact("a.txt")])
    assert (tmp_path / "thesis.txt").read_text() == "precious"


def test_a_new_file_never_overwrites(tmp_path: Path) -> None:
    write_new(tmp_path, "a/b.md", "one\n")
    with pytest.raises(UserError, match="exists already"):
        write_new(tmp_path, "a/b.md", "two\n")
    assert read_text(tmp_path, "a/b.md") == "one\n"
    write_new(tmp_path, "a/b.md", "two\n", replace=True)
    assert read_text(tmp_path, "a/b.md") == "two\n"
    assert read_text(tmp_path, "none.md") is None
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.md"]


def test_one_file_is_not_read_through_a_link_that_leads_out(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "sub" / "out").symlink_to(tmp_path)
    (root / "inside").write_text("text")
    (root / "sub" / "in").symlink_to(root / "inside")
    assert read_text(root, "sub/in") == "text"
    for path in ("link", "sub/out/secret", "../secret"):
        with pytest.raises(UserError, match="cannot be read"):
            read_text(root, path)


def test_a_snapshot_reads_each_file_once_and_may_let_go_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("een")
    tree = Snapshot(WorkingTree(tmp_path))
    assert tree.read("a.md") == b"een"
    (tmp_path / "a.md").write_text("twee")
    assert tree.read("a.md") == b"een"
    tree.release("a.md")
    assert tree.read("a.md") == b"een", "nothing is let go before its digest is known"
    known = tree.digest("a.md")
    tree.release("a.md")
    assert tree.read("a.md") == b"twee"
    assert tree.digest("a.md") == known
    assert tree.touched == ("a.md",)


def test_a_snapshot_remembers_what_cannot_be_read(tmp_path: Path) -> None:
    tree = Snapshot(WorkingTree(tmp_path))
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            tree.read("a.md")
    (tmp_path / "a.md").write_text("een")
    assert tree.digest("a.md") != Snapshot(WorkingTree(tmp_path)).digest("a.md")
