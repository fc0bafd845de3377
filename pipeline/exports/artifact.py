"""What an export makes, and what it may know besides the framework."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file to write: ``name`` is its POSIX path in the output folder."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the framework comes from.

    ``version`` is the content's version, ``revision`` the commit's hash (or empty), ``date``
    the commit's date as ``2026-08-02`` (or empty): never the time of building, so that the
    same commit gives the same bytes.
    """

    version: str = ""
    revision: str = ""
    date: str = ""
    language: str = "nl"
