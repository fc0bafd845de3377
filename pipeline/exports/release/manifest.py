"""``manifest.json`` and ``SHA256SUMS``: what a release is, and the digest of each of its files.

``manifest.json`` is a public contract, described by ``manifest.schema.json``, which goes with it.
`VERSION` changes when a consumer must.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.exports.artifact import Artifact
from pipeline.exports.release.package import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.exports.release.versions import Version
    from pipeline.model.kinds import Settings

VERSION: Final = 1
FILE: Final = "manifest.json"
SCHEMA: Final = "manifest.schema.json"
SUMS: Final = "SHA256SUMS"


class Made(NamedTuple):
    """A commit that is released, or was."""

    version: Version
    commit: str
    date: str = ""


class Told(NamedTuple):
    """A file as the manifest tells it."""

    name: str
    size: int
    media_type: str
    sha256: str


def with_manifest(
    assets: Iterable[Artifact], settings: Settings, made: Made, base: Made | None, *, data_version: int, generator: str
) -> tuple[Artifact, ...]:
    """Add the manifest, its schema and the sums to the files of a release; those come last."""
    schema = Artifact(name=SCHEMA, media_type="application/schema+json", content=schema_text().encode())
    described = in_order([*assets, schema])
    value = {
        "$schema": SCHEMA,
        "version": VERSION,
        "framework": {
            "name": {"nl": settings.name.nl, "en": settings.name.en},
            "version": str(made.version),
            "commit": made.commit,
            "date": made.date,
            "license": settings.license,
        },
        "base": {"version": str(base.version), "commit": base.commit} if base else None,
        "data_version": data_version,
        "generator": generator,
        "files": [told(each)._asdict() for each in described],
    }
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    manifest = Artifact(name=FILE, media_type="application/json", content=text.encode())
    sums = Artifact(name=SUMS, media_type="text/plain; charset=utf-8", content=sums_of([*described, manifest]))
    return (*described, manifest, sums)


def told(artifact: Artifact) -> Told:
    """Tell a file's size and digest."""
    content = artifact.content
    return Told(artifact.name, len(content), artifact.media_type, hashlib.sha256(content).hexdigest())


def sums_of(assets: Iterable[Artifact]) -> bytes:
    """Write the digests of files as ``sha256sum --check`` reads them."""
    lines = sorted((each.name, told(each).sha256) for each in assets)
    return "".join(f"{digest}  {name}\n" for name, digest in lines).encode()


def schema_text() -> str:
    """Give the JSON Schema of the manifest."""
    return files(__package__).joinpath(SCHEMA).read_text("utf-8")


def files_in(manifest: Any) -> Iterator[Told]:  # noqa: ANN401 - JSON that is valid against the schema
    """Read the files that a manifest tells of."""
    for each in manifest["files"]:
        yield Told(each["name"], each["size"], each["media_type"], each["sha256"])
