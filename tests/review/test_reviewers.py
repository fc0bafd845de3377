"""Who is asked to look along: the file, and what is made of it."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from pipeline.errors import UserError
from pipeline.sync.review.reviewers import FILE, Reviewers, read_reviewers, schema, to_ask
from pipeline.text import Source
from tests.support import ROOT

GOOD = "themes:\n  privacy:\n    - een\n    - Twee-2\n  data:\n    - een\n"


def test_names_by_theme() -> None:
    found = read_reviewers(Source(path=FILE, text=GOOD))
    assert found == Reviewers({"privacy": ("een", "Twee-2"), "data": ("een",)})
    assert found.of(["privacy", "data", "onbekend"]) == ("een", "Twee-2")
    assert found.unknown({"privacy"}) == ("data",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("themes:\n", 1),
        ("themes: {}\nthema: {}\n", 1),
        ("themes:\n  privacy: een\n", 2),
        ("themes:\n  privacy: []\n", 2),
        ("themes:\n  privacy:\n    - een\n    - '@twee'\n", 4),
        ("themes:\n  privacy:\n    - org/team\n", 3),
        ("themes:\n  privacy: [a, b, c, d, e, f]\n", 2),
        ("themes:\n  privacy:\n    - [een\n", 3),
    ],
)
def test_what_is_not_as_it_should_be_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UserError) as caught:
        read_reviewers(Source(path=FILE, text=text))
    assert caught.value.text.nl.startswith(f"{FILE}:{line}: "), caught.value.text.nl


@pytest.mark.parametrize(
    ("names", "author", "before", "expected"),
    [
        (("een", "twee"), "drie", (), ("een", "twee")),
        (("een", "twee"), "Een", (), ("twee",)),
        (("een", "twee"), "drie", ("TWEE",), ("een",)),
        (("een",), "een", (), ()),
    ],
)
def test_never_the_author_and_nobody_twice(
    names: tuple[str, ...], author: str, before: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert to_ask(names, author=author, before=before) == expected


def test_the_file_that_comes_along_names_nobody() -> None:
    text = (ROOT / FILE).read_text("utf-8")
    assert read_reviewers(Source(path=FILE, text=text)) == Reviewers({})
    Draft202012Validator(json.loads(schema())).validate(yaml.safe_load(text))
