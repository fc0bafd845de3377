"""Versions of the content: ``MAJOR.MINOR.PATCH``, or a candidate of one, ``1.4.0-rc.1``.

What each part means stands in docs/releases.md. Tags have a ``v`` in front, versions have none.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, NamedTuple

from pipeline.errors import UserError
from pipeline.text import visible

_NUMBER: Final = r"(0|[1-9][0-9]{0,8})"
_VERSION: Final = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-rc\.{_NUMBER})?")


class Level(IntEnum):
    """Which number of a version goes up; a larger one asks more of whoever uses the framework."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The word used in reports for machines."""
        return self.name.lower()


class Version(NamedTuple):
    """A version of the content. ``candidate`` is the number of a release candidate, or none."""

    major: int
    minor: int
    patch: int
    candidate: int | None = None

    def __str__(self) -> str:
        """Write it as people do, without the ``v`` of a tag."""
        tail = "" if self.candidate is None else f"-rc.{self.candidate}"
        return f"{self.major}.{self.minor}.{self.patch}{tail}"

    @property
    def tag(self) -> str:
        """The name of its tag."""
        return f"v{self}"

    @property
    def order(self) -> tuple[int, int, int, float]:
        """What versions are sorted by: a version comes after its candidates."""
        return self.major, self.minor, self.patch, float("inf") if self.candidate is None else self.candidate

    @property
    def is_final(self) -> bool:
        """Whether it is more than a candidate."""
        return self.candidate is None

    def next(self, level: Level) -> Version:
        """Give the version that follows this one."""
        if level is Level.MAJOR:
            return Version(self.major + 1, 0, 0)
        if level is Level.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


FIRST: Final = Version(1, 0, 0)
"""What the first release of a framework is called."""


def version_in(text: str) -> Version | None:
    """Read a version; nothing where the text is none."""
    match = _VERSION.fullmatch(text)
    if match is None:
        return None
    major, minor, patch, candidate = match.groups()
    return Version(int(major), int(minor), int(patch), None if candidate is None else int(candidate))


def version_of_tag(tag: str) -> Version | None:
    """Read the version of a tag; nothing where the tag is no version's."""
    return version_in(tag[1:]) if tag.startswith("v") else None


def asked_version(text: str) -> Version:
    """Read the version that a person asked for, with or without ``v``."""
    version = version_in(text.strip().removeprefix("v"))
    if version is None:
        shown = visible(text[:40])
        raise UserError(
            nl=f"“{shown}” is geen versie. Schrijf drie getallen met punten ertussen, zoals 1.4.0, of 1.4.0-rc.1 "
            "voor een proefversie.",
            en=f"“{shown}” is not a version. Write three numbers with dots between them, such as 1.4.0, or 1.4.0-rc.1 "
            "for a candidate.",
        )
    return version
