"""The files of a release: zips, manifest and sums, and reading them back."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.exports.artifact import Artifact
from pipeline.exports.release import manifest
from pipeline.exports.release.manifest import Made, with_manifest
from pipeline.exports.release.package import is_safe, packed
from pipeline.exports.release.verify import faults, mismatches
from pipeline.exports.release.versions import Version
from pipeline.exports.release.zips import zipped
from tests.support import small_schemas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMIT = "a" * 40
SCHEMA = b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}'


def artifact(name: str, content: bytes = b"x", media_type: str = "text/plain") -> Artifact:
    return Artifact(name=name, media_type=media_type, content=content)


def release() -> dict[str, bytes]:
    """Give the files of a small release by name."""
    made = [
        artifact("a.json", b"{}", "application/json"),
        artifact("a.schema.json", SCHEMA, "application/schema+json"),
        artifact("csv/b.csv", b"x,y\r\n1,2\r\n", "text/csv; charset=utf-8; header=present"),
        artifact("site/index.html", b"<p>"),
    ]
    version = Made(Version(1, 2, 0), COMMIT, "2026-08-02")
    base = Made(Version(1, 1, 0), "b" * 40)
    settings = small_schemas().settings
    assets = with_manifest(packed(made, "2026-08-02"), settings, version, base, data_version=1, generator="kader 0")
    return {each.name: each.content for each in assets}


def test_a_zip_is_the_same_bytes_in_every_python_and_every_zlib() -> None:
    made = zipped({"b.txt": b"b" * 1000, "a/ü.txt": "één".encode(), "a/a.txt": b""}, "2026-08-02")
    assert hashlib.sha256(made).hexdigest() == "3c32b42430ae0004ae7a328cb6f6f8fa787e6474c6538f69e88920a6e00422b6"


def test_a_zip_holds_what_was_put_in_and_nothing_of_its_maker() -> None:
    made = zipped({"b.txt": b"b", "a.txt": b"a"}, "2026-08-02")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        infos = archive.infolist()
        assert {info.filename: archive.read(info) for info in infos} == {"a.txt": b"a", "b.txt": b"b"}
    assert [info.filename for info in infos] == ["a.txt", "b.txt"]
    assert {(info.date_time, info.external_attr, info.create_system, info.extra) for info in infos} == {
        ((2026, 8, 2, 0, 0, 0), 0o100644 << 16, 3, b"")
    }


@pytest.mark.parametrize(
    ("date", "year"), [("", 1980), ("1970-01-01", 1980), ("2024-02-29", 2024), ("2200-01-01", 2107)]
)
def test_a_zip_of_any_day(date: str, year: int) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({"a": b""}, date))) as archive:
        assert archive.infolist()[0].date_time[0] == year


def test_folders_become_zips() -> None:
    assert list(release()) == [
        "a.json",
        "a.schema.json",
        "algoritmekader-csv.zip",
        "algoritmekader-site.zip",
        "manifest.schema.json",
        "manifest.json",
        "SHA256SUMS",
    ]


@pytest.mark.parametrize("name", [".a", "a.", "é.json", "a b", "a~b", "", "-"])
def test_names_that_github_would_change(name: str) -> None:
    assert not is_safe(name)
    with pytest.raises(ValueError, match="cannot be files of one release"):
        packed([artifact(name)], "")


def test_names_that_one_disk_takes_for_one() -> None:
    with pytest.raises(ValueError, match="cannot be files of one release"):
        packed([artifact("A.txt"), artifact("a.txt")], "")


def test_the_manifest_tells_what_was_released() -> None:
    files = release()
    value = json.loads(files[manifest.FILE])
    schema = json.loads(files[manifest.SCHEMA])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)
    assert value["framework"] == {
        "name": {"nl": "Klein kader", "en": "Small framework"},
        "version": "1.2.0",
        "commit": COMMIT,
        "date": "2026-08-02",
        "license": "EUPL-1.2",
    }
    assert value["base"] == {"version": "1.1.0", "commit": "b" * 40}
    assert value["files"][0] == {
        "name": "a.json",
        "size": 2,
        "media_type": "application/json",
        "sha256": hashlib.sha256(b"{}").hexdigest(),
    }


def test_the_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    files = release()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", manifest.SUMS],  # noqa: S607 - whichever the system has
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    assert told.stdout.splitlines() == [f"{name}: OK" for name in sorted(files) if name != manifest.SUMS]


def test_a_release_as_it_was_made_has_no_faults() -> None:
    files = release()
    assert not list(mismatches(files))
    assert not list(faults(files))


@given(st.data())
def test_any_change_of_any_file_is_noticed(data: st.DataObject) -> None:
    files = release()
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    assert list(mismatches({**files, name: bytes(content)}))


@pytest.mark.parametrize("name", list(release()))
def test_a_missing_file_is_noticed(name: str) -> None:
    files = release()
    del files[name]
    assert [name in text.nl for text in mismatches(files)][:1] == [True]


def test_a_file_too_many_is_noticed() -> None:
    assert "extra.txt staat niet in manifest.json" in [text.nl for text in mismatches({**release(), "extra.txt": b"x"})]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_a_manifest_that_is_none(content: bytes) -> None:
    assert [text.en for text in mismatches({**release(), manifest.FILE: content})] == [
        "manifest.json is missing or cannot be read"
    ]


@pytest.mark.parametrize(
    "bend",
    [
        lambda value: value["files"].append(value["files"][0]),
        lambda value: value["files"].append({**value["files"][0], "name": value["files"][0]["name"].upper()}),
        lambda value: value["files"][0].update(media_type="text/plain\n"),
        lambda value: value["framework"].update(version="1.2.0\n"),
        lambda value: value["framework"].update(version="99999999999.0.0"),
        lambda value: value["framework"].update(commit=f"{COMMIT}\n"),
        lambda value: value["base"].update(version="1.1.0\n"),
    ],
    ids=["twice", "twice but for capitals", "type", "version", "large version", "commit", "base"],
)
def test_a_manifest_that_only_its_schema_finds_right(bend: Callable[[Any], None]) -> None:
    files = release()
    value = json.loads(files[manifest.FILE])
    bend(value)
    assert Draft202012Validator(json.loads(manifest.schema_text())).is_valid(value)
    assert [text.en for text in mismatches({**files, manifest.FILE: json.dumps(value).encode()})] == [
        "manifest.json is missing or cannot be read"
    ]


def zip_of(files: dict[str, bytes]) -> bytes:
    return zipped(files, "")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"[]", "not of type 'object'"),
        ("a.json", b"{", "a.json is not right"),
        ("a.schema.json", b'{"type": "nonsense"}', "a.schema.json is not right"),
        ("a.schema.json", b'{"$ref": "#"}', "too many levels"),
        ("a.schema.json", b'{"$ref": "#/nowhere"}', "a.json is not right"),
        ("a.json", b"[" * 100_000, "too many levels"),
        ("algoritmekader-csv.zip", b"PK", "damaged"),
        ("algoritmekader-csv.zip", zip_of({}), "empty"),
        ("algoritmekader-csv.zip", zip_of({"elders/a.csv": b"a"}), "leads elsewhere"),
        ("algoritmekader-csv.zip", zip_of({"algoritmekader-csv/../a.csv": b"a"}), "leads elsewhere"),
        ("algoritmekader-csv.zip", zip_of({"algoritmekader-csv/a.csv": b"a,b\r\nc\r\n"}), r"rows of \[1, 2\] cells"),
        ("algoritmekader-csv.zip", zip_of({"algoritmekader-csv/a.csv": b'a,"b\r\n'}), "unexpected end of data"),
        ("algoritmekader-csv.zip", zip_of({"algoritmekader-csv/a.csv": b"\xff"}), "not UTF-8"),
        ("CHANGES.md", b"\xff", "not UTF-8"),
        ("CHANGES ü.md", b"x", "another name"),
    ],
)
def test_a_file_that_its_users_cannot_read(name: str, content: bytes, words: str) -> None:
    found = " ".join(text.en for text in faults({**release(), name: content}))
    assert re.search(words, found), found


def test_nothing_is_fetched_for_a_schema() -> None:
    """A server that nobody runs would give another sentence."""
    for address in ("http://127.0.0.1:9/x", "file:///etc/hostname"):
        schema = json.dumps({"$ref": address}).encode()
        (text,) = faults({**release(), "a.schema.json": schema})
        assert text.en == f"a.json is not right (Unresolvable: {address})"


def bent_zip(*changes: tuple[int, int, int]) -> bytes:
    """Give a zip with other bytes: from the start, and from where its list of contents starts."""
    made = bytearray(zip_of({"algoritmekader-csv/a.csv": b"a,b\r\n"}))
    start = made.find(b"PK\1\2")
    for in_file, in_list, value in changes:
        made[in_file], made[start + in_list] = value, value
    return bytes(made)


def deflated(size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("algoritmekader-csv/a.csv", b"a" * size)
    return stream.getvalue()


def linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("algoritmekader-csv/a.csv")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        deflated(50_000_000),
        linked(),
        bent_zip((6, 8, 1)),
        bent_zip((8, 10, 8)),
        bent_zip((8, 10, 97)),
        bent_zip((4, 6, 99)),
        bent_zip((7, 9, 8), (30, 46, 0xFF)),
        zip_of({"algoritmekader-csv/a.csv": b"a"}) + b"more",
        b"more" + zip_of({"algoritmekader-csv/a.csv": b"a"}),
    ],
    ids=["bomb", "link", "password", "garbage", "another method", "version 9.9", "no name", "a tail", "a head"],
)
def test_a_zip_that_is_not_as_we_make_them(content: bytes) -> None:
    (text,) = faults({**release(), "algoritmekader-csv.zip": content})
    assert text.en == "algoritmekader-csv.zip is not right (damaged, empty or made in another way than ours)"


@settings(deadline=None)
@given(st.data())
def test_a_zip_that_was_damaged_anywhere_is_noticed(data: st.DataObject) -> None:
    content = bytearray(release()["algoritmekader-csv.zip"])
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    assert list(faults({**release(), "algoritmekader-csv.zip": bytes(content)}))
