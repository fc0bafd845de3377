"""Answers of websites, kept in a file with the time of asking, so that none is asked too often.

Several processes may use one file at once: each writes beside it and moves the result into
place, with what the others found in the meantime. Then the worst that can happen is that an
address is asked for once more.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pipeline.rules.links.answers import Answer, Hop
from pipeline.rules.links.outside import to_ask
from pipeline.world.files import write_new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOUND: Final = timedelta(days=7)
"""How long it is believed, unless told otherwise, that a page is there."""
GONE: Final = timedelta(days=1)
"""How long it is believed that a page is gone."""
UNCLEAR: Final = timedelta(hours=4)
"""How long an answer counts that says nothing for sure."""
OLDEST: Final = timedelta(days=90)
"""An older answer is thrown away."""

LARGEST: Final = 32 * 1024 * 1024
VERSION: Final = 1

_SIGNATURE = re.compile(rb'\s*\{\s*"made-by":\s*"kader links"')
_NEW: Final = {"made-by": "kader links", "version": VERSION}
_GONE: Final = (404, 410)
_STATUSES: Final = range(1000)
_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer, and when it was given."""

    answer: Answer
    asked: datetime

    def is_fresh(self, now: datetime, most: timedelta) -> bool:
        """Whether it still counts; ``most`` is how long a good answer does."""
        status = self.answer.status
        limit = FOUND if 200 <= status < 300 else GONE if status in _GONE else UNCLEAR  # noqa: PLR2004 - success
        age = now - self.asked
        return timedelta() <= age < (most if limit is FOUND else min(limit, most))


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a file of answers holds. ``damaged`` and ``foreign`` ones hold nothing.

    A foreign file is never written to: it is somebody's own.
    """

    answers: Mapping[str, Kept]
    damaged: bool = False
    foreign: bool = False


def read_kept(path: Path) -> File:
    """Read a file of answers; a file that is not there holds none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return File(answers={})
    except OSError:
        return File(answers={}, foreign=True)
    if data.strip() and not _SIGNATURE.match(data):
        return File(answers={}, foreign=True)
    try:
        return File(answers=_decoded(json.loads(data) if len(data) <= LARGEST else None))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return File(answers={}, damaged=True)


def write_kept(path: Path, answers: Mapping[str, Kept], now: datetime) -> None:
    """Write answers, with newer ones that are in the file by now and without very old ones."""
    together = dict(answers)
    found = read_kept(path)
    for address, kept in found.answers.items():
        if address not in together or together[address].asked < kept.asked:
            together[address] = kept
    entries = {
        address: _encoded(together[address]) for address in sorted(together) if now - together[address].asked < OLDEST
    }
    if not found.foreign:
        text = json.dumps({**_NEW, "answers": entries}, indent=1)
        write_new(path.parent, path.name, f"{text}\n", replace=True)


def _encoded(kept: Kept) -> dict[str, Any]:
    answer = kept.answer
    entry: dict[str, Any] = {"asked": kept.asked.astimezone(UTC).isoformat(timespec="seconds")}
    if answer.hops:
        entry["hops"] = [[hop.status, hop.address] for hop in answer.hops]
    return entry | ({"trouble": answer.trouble} if answer.trouble else {"status": answer.status})


def _decoded(value: Any) -> dict[str, Kept]:  # noqa: ANN401 - whatever JSON can hold
    """Make answers of a file's value; raise `ValueError` or the like where it is no such value."""
    if value["version"] != VERSION:
        raise ValueError
    return {_address(address): _kept(entry) for address, entry in value["answers"].items()}


def _kept(entry: Mapping[str, Any]) -> Kept:
    asked = datetime.fromisoformat(entry["asked"])
    if asked.tzinfo is None:
        raise ValueError
    hops = tuple(Hop(status=_status(status), address=_address(address)) for status, address in entry.get("hops", ()))
    trouble = entry.get("trouble", "")
    if not isinstance(trouble, str):
        raise TypeError
    status = 0 if trouble else _status(entry["status"])
    return Kept(answer=Answer(status=status, trouble=trouble, hops=hops), asked=asked)


def _status(value: Any) -> int:  # noqa: ANN401
    if type(value) is not int or value not in _STATUSES:
        raise ValueError
    return value


def _address(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or len(value) > _LONGEST or not to_ask(value):
        raise ValueError
    return value
