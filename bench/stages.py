"""Single stages of a check, timed inside this process on data that the stages before made."""

from __future__ import annotations

import io
import statistics
import sys
import time
from typing import TYPE_CHECKING

from bench.processes import Row
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.documents.document import Document
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind, Schemas


class Stages:
    """A framework, read once, and each stage as a function without arguments."""

    def __init__(self, root: Path, schemas_folder: Path) -> None:
        """Read everything that a stage needs from the stages before it."""
        schemas, _ = load_schemas(WorkingTree(schemas_folder))
        if schemas is None:
            sys.exit("bench: the schemas are not right; see kader check")
        self.schemas: Schemas = schemas
        self.tree = WorkingTree(root)
        self.framework: Framework = load(self.tree, schemas)
        self.documents: list[tuple[Document, Kind]] = [
            (each, kind) for each in self.framework.documents if (kind := schemas.claim(each.source.path))
        ]
        self.findings = check_framework(self.framework)

    def read(self) -> None:
        """List the tree and read what is claimed."""
        for path in self.tree.list():
            if self.schemas.claim(path):
                decode(path, self.tree.read(path))

    def yaml(self) -> None:
        """Parse the front matter of every page."""
        for document, _ in self.documents:
            if document.front and document.body:
                parse_yaml(document.source, document.front.start, document.front.end)

    def markdown(self) -> None:
        """Parse the body of every page."""
        for document, kind in self.documents:
            if document.body:
                markdown = kind.markdown
                parse_markdown(document.source, document.body.start, dialect=markdown.dialect, slugs=markdown.slugs)

    def load(self) -> None:
        """Do all of the above and lay the relations."""
        load(self.tree, self.schemas)

    def schema(self) -> None:
        """Hold every entry against its schema."""
        for document, kind in self.documents:
            if document.readable:
                list(violations(document, kind))

    def rules(self) -> None:
        """Run all rules, the schema included."""
        check_framework(self.framework)

    def report(self) -> None:
        """Write the findings as JSON."""
        write(Report(findings=self.findings), io.StringIO(), width=80, colour=False)


def stages(root: Path, schemas_folder: Path, rounds: int) -> Iterator[Row]:
    """Measure each stage."""
    each = Stages(root, schemas_folder)
    yield timed("  list and read", each.read, rounds)
    yield timed("  YAML", each.yaml, rounds)
    yield timed("  Markdown", each.markdown, rounds)
    yield timed("  the three above, and the graph", each.load, rounds)
    yield timed("  schema", each.schema, rounds)
    yield timed("  all rules, schema included", each.rules, rounds)
    yield timed("  report (JSON)", each.report, rounds)


def timed(name: str, work: Callable[[], None], rounds: int) -> Row:
    """Time a function: once to warm up, then ``rounds`` times."""
    work()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return Row(name=name, runs=rounds, seconds=statistics.median(seconds), least=min(seconds), most=max(seconds))
