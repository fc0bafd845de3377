"""Reading a release back: whether every file holds what it should.

`mismatches` holds files against the manifest and the sums, for whoever gets them from somewhere
else. `faults` reads each file as its users will. Both give sentences; none means that all is well.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Text
from pipeline.exports.release import manifest, zips
from pipeline.exports.release.package import is_safe
from pipeline.exports.release.versions import version_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SCHEMA: Final = ".schema.json"
_LARGEST_CELL: Final = 2**26
_MOST: Final = 200
"""Most characters of what is wrong with a file: it may hold whatever is in there."""


def mismatches(files: Mapping[str, bytes]) -> Iterator[Text]:
    """Hold files against their own manifest and sums: none missing, none too many, none changed."""
    value = _manifest(files)
    if value is None:
        yield Text(
            nl=f"{manifest.FILE} ontbreekt of is niet te lezen",
            en=f"{manifest.FILE} is missing or cannot be read",
        )
        return
    listed = {each.name: each for each in manifest.files_in(value)}
    for name, each in listed.items():
        content = files.get(name)
        if content is None:
            yield Text(nl=f"{name} ontbreekt", en=f"{name} is missing")
        elif (len(content), hashlib.sha256(content).hexdigest()) != (each.size, each.sha256):
            yield _changed(name)
    for name in sorted(set(files) - {*listed, manifest.FILE, manifest.SUMS}):
        yield Text(nl=f"{name} staat niet in {manifest.FILE}", en=f"{name} is not in {manifest.FILE}")
    if files.get(manifest.SUMS) != _sums(files):
        yield _changed(manifest.SUMS)


def _manifest(files: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - any JSON
    """Give the manifest where it is as its schema says: ours, not the one that lies beside it."""
    from jsonschema import Draft202012Validator

    try:
        value = json.loads(files[manifest.FILE])
    except (KeyError, ValueError, RecursionError):
        return None
    described = Draft202012Validator(json.loads(manifest.schema_text())).is_valid(value)
    return value if described and _is_sound(value) else None


def _is_sound(value: Any) -> bool:  # noqa: ANN401 - JSON that is valid against the schema
    """Hold a manifest to what its schema cannot say: each file once, versions that can be in a tag, all on one line."""
    framework, base, files = value["framework"], value["base"], list(manifest.files_in(value))
    versions = (framework["version"], *([base["version"]] if base else []))
    # To Python the end of a text, `$`, may have a line end after it.
    words = (framework["commit"], framework["date"], *(each.media_type for each in files))
    once = len({each.name.lower() for each in files}) == len(files)
    return once and all(map(version_in, versions)) and all(map(str.isprintable, words))


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
        if name != manifest.SUMS
    )
    return "".join(lines).encode()


def _changed(name: str) -> Text:
    return Text(nl=f"{name} is niet meer zoals het is gemaakt", en=f"{name} is no longer as it was made")


def faults(files: Mapping[str, bytes]) -> Iterator[Text]:
    """Read each file as its users will: JSON with its schema, zips, and the tables in them."""
    for name, content in sorted(files.items()):
        if not is_safe(name):
            yield Text(nl=f"{name} krijgt bij GitHub een andere naam", en=f"{name} gets another name at GitHub")
        if name.endswith(".json"):
            trouble = _json_fault(name, files)
        elif name.endswith(".zip"):
            trouble = _zip_fault(name, content)
        else:
            trouble = "" if _is_text(content) else "not UTF-8"
        if trouble:
            yield Text(nl=f"{name} klopt niet ({trouble[:_MOST]})", en=f"{name} is not right ({trouble[:_MOST]})")


def _json_fault(name: str, files: Mapping[str, bytes]) -> str:
    from jsonschema import Draft202012Validator, SchemaError
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    try:
        value = json.loads(files[name])
        if name.endswith(_SCHEMA):
            Draft202012Validator.check_schema(value)
        schema = files.get(f"{name.removesuffix('.json')}{_SCHEMA}")
        if schema is None:
            return ""
        described = json.loads(schema)
        Draft202012Validator.check_schema(described)
        # With a registry of its own a schema can lead to no other place: nothing is fetched.
        error = next(Draft202012Validator(described, registry=Registry()).iter_errors(value), None)
    except RecursionError:
        return "it has too many levels"
    except (ValueError, SchemaError, Unresolvable) as trouble:
        return str(trouble).partition("\n")[0]
    return f"{error.json_path}: {error.message}" if error else ""


def _zip_fault(name: str, content: bytes) -> str:
    inside = zips.unzipped(content)
    if not inside:
        return "damaged, empty or made in another way than ours"
    folder = f"{name.removesuffix('.zip')}/"
    for each, text in inside.items():
        if not each.startswith(folder) or ".." in each.split("/") or "\\" in each:
            return f"{each} leads elsewhere"
        trouble = _table_fault(text) if each.endswith(".csv") else ""
        if trouble:
            return f"{each}: {trouble}"
    return ""


def _table_fault(content: bytes) -> str:
    if not _is_text(content):
        return "not UTF-8"
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    except csv.Error as trouble:
        return str(trouble)
    finally:
        csv.field_size_limit(limit)
    widths = {len(row) for row in rows}
    return "" if len(widths) == 1 else f"rows of {sorted(widths)} cells"


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
