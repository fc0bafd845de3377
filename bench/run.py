"""The benchmark: ``make bench``.

Runs whole processes and single stages several times, after one run to warm up, and prints
medians; memory is the peak that the operating system accounts to the process. The corpus is a
real framework of 251 Markdown files beside the repository (or where ``KADER_SHARED``
says); without it only the project's own content is measured.

``--times 10,100`` chooses the sizes of the replicated corpus; ``--rounds`` the runs of a
process that count.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KADER_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpora" / "minbzk-algoritmekader"
PROFILE = ROOT / "schemas" / "profiles" / "minbzk"
ENTRIES = tuple(f"docs/voldoen-aan-wetten-en-regels/{name}" for name in ("vereisten", "maatregelen", "hulpmiddelen"))

sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Row:
    """One line of the table: seconds are medians, memory is the largest peak."""

    name: str
    runs: int
    seconds: float
    least: float
    most: float
    mebibytes: float = 0.0


def process(name: str, arguments: list[str], rounds: int) -> Row:
    """Run a command: once to warm up, then ``rounds`` times; wall time and peak memory."""
    walls: list[float] = []
    peak = 0
    for number in range(rounds + 1):
        start = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "pipeline", *arguments],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in {0, 1}:
            sys.exit(f"bench: kader {' '.join(arguments)} failed with exit code {child.returncode}")
        if number:
            walls.append(time.perf_counter() - start)
            peak = max(peak, usage.ru_maxrss)
    scale = 1 if sys.platform == "darwin" else 1024
    return Row(name, rounds, statistics.median(walls), min(walls), max(walls), peak * scale / 1024**2)


def stages(root: Path, schemas_folder: Path, rounds: int) -> Iterator[Row]:
    """Time each stage of a check inside this process, on data that the stages before made."""
    from pipeline.documents.markdown import parse_markdown
    from pipeline.documents.parse import decode
    from pipeline.documents.yaml import parse_yaml
    from pipeline.model.load import load
    from pipeline.model.schemas import load_schemas
    from pipeline.reports.json import write
    from pipeline.reports.report import Report
    from pipeline.rules.run import check_framework
    from pipeline.rules.schema.violations import violations
    from pipeline.world.files import WorkingTree

    schemas, _ = load_schemas(WorkingTree(schemas_folder))
    if schemas is None:
        sys.exit("bench: the schemas are not right; see kader check")
    tree = WorkingTree(root)
    claimed = [(path, kind) for path in sorted(tree.list()) if (kind := schemas.claim(path))]
    documents = [kind for _, kind in claimed if kind.files.layout == "document"]
    framework = load(tree, schemas)
    fronts = [(each.source, each.front) for each in framework.documents if each.front and each.body]
    bodies = [(each.source, each.body, kind) for each, kind in zip(framework.documents, documents, strict=False) if each.body]
    judged = [(each, schemas.claim(each.source.path)) for each in framework.documents if each.readable]
    findings = check_framework(framework)

    def read() -> None:
        for path, _ in claimed:
            decode(path, tree.read(path))

    def yaml() -> None:
        for source, node in fronts:
            parse_yaml(source, node.start, node.end)

    def markdown() -> None:
        for source, body, kind in bodies:
            parse_markdown(source, body.start, dialect=kind.markdown.dialect, slugs=kind.markdown.slugs)

    def schema() -> None:
        for document, kind in judged:
            if kind:
                list(violations(document, kind))

    def everything() -> None:
        load(tree, schemas)

    def rules() -> None:
        check_framework(framework)

    def report() -> None:
        write(Report(findings=findings), io.StringIO(), width=80, colour=False)

    yield timed("  list and read", read, rounds)
    yield timed("  YAML", yaml, rounds)
    yield timed("  Markdown", markdown, rounds)
    yield timed("  the three above, and the graph", everything, rounds)
    yield timed("  schema", schema, rounds)
    yield timed("  all rules, schema included", rules, rounds)
    yield timed("  report (JSON)", report, rounds)


def timed(name: str, work: Callable[[], None], rounds: int) -> Row:
    """Time a function: once to warm up, then ``rounds`` times."""
    work()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return Row(name, rounds, statistics.median(seconds), min(seconds), max(seconds))


def replicated(folder: Path, times: int) -> tuple[Path, Path]:
    """Write the corpus ``times`` times as large, and schemas that allow its ids."""
    from bench.replicate import loosened, replicate

    root, schemas = folder / "corpus", folder / "schemas"
    files = {
        path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in sorted(CORPUS.rglob("*")) if path.is_file()
    }
    for name, content in replicate(files, ENTRIES, times):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    schemas.mkdir()
    for path in PROFILE.glob("*.json"):
        (schemas / path.name).write_bytes(loosened(path.read_bytes()))
    return root, schemas


def rows(sizes: list[int], rounds: int) -> Iterator[Row]:
    """Measure everything, the quick things first."""
    yield process("kader --version", ["--version"], rounds)
    yield process("kader check, own content", ["check", "--root", "."], rounds)
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "dist")
        yield process("kader build, own content", ["build", "--root", ".", "--output", output], rounds)
    if not CORPUS.is_dir():
        print(f"The corpus is not at {CORPUS.name}: the rest is left out.", file=sys.stderr)
        return
    arguments = ["check", "--format", "json", "--root", str(CORPUS), "--schemas", str(PROFILE)]
    yield process("kader check, corpus", arguments, rounds)
    yield from stages(CORPUS, PROFILE, rounds)
    for times in sizes:
        few = rounds if times <= 10 else max(1, rounds // 3)  # noqa: PLR2004 - a run takes half a minute
        with tempfile.TemporaryDirectory() as folder:
            root, schemas = replicated(Path(folder), times)
            arguments = ["check", "--format", "json", "--root", str(root), "--schemas", str(schemas)]
            yield process(f"kader check, corpus {times}x", arguments, few)
            if times <= 10:  # noqa: PLR2004
                yield from stages(root, schemas, few)


def main() -> None:
    """Print a row as soon as it is measured."""
    parser = argparse.ArgumentParser(description="Measure the speed of kader.")
    parser.add_argument("--times", default="10,100", help="sizes of the replicated corpus; empty for none")
    parser.add_argument("--rounds", type=int, default=5, help="runs that count, after one to warm up")
    options = parser.parse_args()
    sizes = [int(size) for size in options.times.split(",") if size]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; medians of whole processes and stages\n")
    print(f"{'what':<34} {'runs':>4} {'median s':>9} {'min':>8} {'max':>8} {'peak MiB':>9}")
    for row in rows(sizes, options.rounds):
        memory = f"{row.mebibytes:>9.0f}" if row.mebibytes else " " * 9
        print(f"{row.name:<34} {row.runs:>4} {row.seconds:>9.3f} {row.least:>8.3f} {row.most:>8.3f} {memory}", flush=True)


if __name__ == "__main__":
    main()
