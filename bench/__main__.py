"""The benchmark: ``make bench``.

Runs whole processes and single stages several times, after one run to warm up, and prints
medians. The corpus is a real framework of 251 Markdown files in ``shared/corpora`` beside
the repository (or in ``KADER_SHARED``); without it only the project's own content is
measured.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.processes import ROOT, process
from bench.replicate import loosened, replicate
from bench.revisions import revisions
from bench.stages import stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.processes import Row

SHARED: Final = Path(os.environ.get("KADER_SHARED", ROOT.parent / "shared"))
CORPUS: Final = SHARED / "corpora" / "minbzk-algoritmekader"
PROFILE: Final = ROOT / "schemas" / "profiles" / "minbzk"
LAWS: Final = "docs/voldoen-aan-wetten-en-regels"
ENTRIES: Final = (f"{LAWS}/vereisten", f"{LAWS}/maatregelen", f"{LAWS}/hulpmiddelen")
LONG: Final = 50
"""From this size on a run takes so long that three of them must do, and no stages."""


def rows(sizes: list[int], rounds: int) -> Iterator[Row]:
    """Measure everything, the quick things first."""
    yield process("kader --version", ["--version"], rounds)
    yield process("kader check, own content", ["check", "--root", "."], rounds)
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "dist")
        yield process("kader build, own content", ["build", "--root", ".", "--output", output], rounds)
    if not CORPUS.is_dir():
        print("The corpus is not here: the rest is left out.", file=sys.stderr)
        return
    for times in (1, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            root, schemas = replicated(Path(folder), times)
            few = rounds if times < LONG else min(rounds, 3)
            yield from checks("corpus" if times == 1 else f"corpus {times}x", root, schemas, few)
            if times == 1:
                yield from revisions(root, schemas, ENTRIES, rounds)
            if times < LONG:
                yield from stages(root, schemas, few)


def checks(name: str, root: Path, schemas: Path, rounds: int) -> Iterator[Row]:
    """Measure a check that knows nothing yet, one without a change, and ones after a change."""
    arguments = _check(root, schemas)
    yield process(f"kader check, {name}", [*arguments, "--no-cache"], rounds)

    def forget(_: int) -> None:
        shutil.rmtree(os.environ["KADER_CACHE"], ignore_errors=True)

    yield process("  the same, and keep it", arguments, rounds, forget)
    yield process("  nothing changed", arguments, rounds)
    pages = sorted((root / ENTRIES[1]).glob("*.md"))
    page = pages[len(pages) // 2]
    text = page.read_text("utf-8")

    def write(number: int) -> None:
        page.write_text(f"{text}\nEen regel erbij: {number}.\n", "utf-8")

    def retitle(number: int) -> None:
        page.write_text(text.replace("title: ", f"title: Keer {number} ", 1), "utf-8")

    def break_link(number: int) -> None:
        page.write_text(f"{text}\nZie [de uitleg](uitleg-{number}.md).\n", "utf-8")

    def rename(number: int) -> None:
        page.write_text(re.sub(r"(?m)^(id: .*)$", rf"\g<1>{number}", text, count=1), "utf-8")

    def add(number: int) -> None:
        page.write_text(text, "utf-8")
        code = page.stem.split("-")[2]
        copy = f"{text}\nKeer {number}.\n".replace(f"-{code}", "-999")
        page.with_name(page.name.replace(f"-{code}-", "-999-")).write_text(copy, "utf-8")

    yield process("  a sentence added to one file", arguments, rounds, write)
    yield process("  another title in one file", arguments, rounds, retitle)
    yield process("  a broken link in one file", arguments, rounds, break_link)
    yield process("  another id in one file", arguments, rounds, rename)
    yield process("  one file more", arguments, rounds, add)


def _check(root: Path, schemas: Path) -> list[str]:
    return ["check", "--format", "json", "--root", str(root), "--schemas", str(schemas)]


def replicated(folder: Path, times: int) -> tuple[Path, Path]:
    """Write the corpus ``times`` times as large, and schemas that allow its ids."""
    root, schemas = folder / "corpus", folder / "schemas"
    paths = (path for path in sorted(CORPUS.rglob("*")) if path.is_file())
    files = {path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in paths}
    for name, content in replicate(files, ENTRIES, times):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    schemas.mkdir()
    for path in PROFILE.glob("*.json"):
        (schemas / path.name).write_bytes(loosened(path.read_bytes()))
    return root, schemas


def main() -> None:
    """Print each row as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the speed of kader.")
    parser.add_argument("--times", default="10,100", help="sizes of the replicated corpus; empty for none")
    parser.add_argument("--rounds", type=int, default=5, help="runs that count, after one to warm up")
    options = parser.parse_args()
    cache = tempfile.TemporaryDirectory()
    os.environ["KADER_CACHE"] = str(Path(cache.name) / "cache")
    sizes = [int(size) for size in options.times.split(",") if size]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; medians\n")
    print(f"{'what':<34} {'runs':>4} {'median s':>9} {'min':>8} {'max':>8} {'peak MiB':>9}")
    for row in rows(sizes, options.rounds):
        memory = f" {row.mebibytes:>9.0f}" if row.mebibytes else ""
        print(
            f"{row.name:<34} {row.runs:>4} {row.seconds:>9.3f} {row.least:>8.3f} {row.most:>8.3f}{memory}", flush=True
        )


if __name__ == "__main__":
    main()
