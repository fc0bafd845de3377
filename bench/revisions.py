"""Two revisions of a real framework, told apart by ``kader diff``.

The repository has three commits: the corpus as it is; thirty pages changed in six ways and four
files renamed; and every page rewritten. The same seed gives the same changes.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from typing import TYPE_CHECKING, Final

from bench.processes import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.processes import Row

CHANGED: Final = 30
RENAMED: Final = 4

_IDENTITY: Final = {
    **{f"GIT_{who}_NAME": "Gemeente Voorbeeldstad" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "kader@voorbeeldstad.example" for who in ("AUTHOR", "COMMITTER")},
}


def revisions(root: Path, schemas: Path, folders: tuple[str, ...], rounds: int) -> Iterator[Row]:
    """Make the commits, then compare them; the files in ``root`` change."""
    pages = sorted(path for folder in folders for path in (root / folder).glob("*.md") if path.stem != "index")
    chance = random.Random(7)  # noqa: S311 - no secret hangs on it
    _git(root, "init", "--quiet", "--initial-branch=main")
    _commit(root, "een")
    chosen = chance.sample(pages, CHANGED + RENAMED)
    for number, page in enumerate(chosen[:CHANGED]):
        change = _CHANGES[number % len(_CHANGES)]
        page.write_text(change(page.read_text("utf-8")), "utf-8")
    for page in chosen[CHANGED:]:
        page.rename(page.with_stem(f"{page.stem}-nieuw"))
    _commit(root, "twee")
    for page in filter(_is_there, pages):
        page.write_text(_rewritten(page.read_text("utf-8")), "utf-8")
    _commit(root, "drie")
    names = ["--root", str(root), "--schemas", str(schemas)]
    yield process("kader diff, 30 pages of the corpus", ["diff", "een", "twee", *names], rounds)
    yield process("  every page", ["diff", "een", "drie", *names], rounds)
    yield process("  the folder, nothing changed", ["diff", "drie", *names], rounds)


def _is_there(path: Path) -> bool:
    return path.is_file()


def _rewritten(text: str) -> str:
    """Break a page's lines elsewhere and take another word."""
    head, mark, body = text.partition("\n---\n")
    body = re.sub(r"(?<=\w) (en|van|de) ", r"\n\1 ", body)
    return head + mark + re.sub(r"\bmoeten\b", "kunnen", body)


_CHANGES: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: text.replace("title: ", "title: Voortaan ", 1),
    lambda text: text.replace(" moet ", " mag ", 1),
    lambda text: text.replace("- ontwerp\n", "", 1),
    lambda text: text.replace("## Toelichting", "## Uitleg", 1),
    lambda text: re.sub(r"\n## Risico\n.*?(?=\n## |\Z)", "\n", text, count=1, flags=re.DOTALL),
    lambda text: f"{text}\nDeze zin staat er nu bij.\n",
)


def _commit(root: Path, name: str) -> None:
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", name)
    _git(root, "tag", name)


def _git(root: Path, *arguments: str) -> None:
    command = ["git", *arguments]
    subprocess.run(command, cwd=root, env={**os.environ, **_IDENTITY}, check=True)
