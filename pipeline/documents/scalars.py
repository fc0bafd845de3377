"""Scalars: what one without quotation marks means in YAML 1.1, and where one was closed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NUMBER: Final = 64
"""Most characters of a number; reading a longer one in base 60 takes quadratic time."""

_INTEGERS = range(-(2**63), 2**64)
_TAG = "tag:yaml.org,2002:"
_resolvers = yaml.SafeLoader.yaml_implicit_resolvers
_constructor = yaml.constructor.SafeConstructor()


class Closed(NamedTuple):
    """The value between quotation marks or brackets that was closed last."""

    start: int
    end: int
    quoted: bool


def resolve(text: str) -> Any:  # noqa: ANN401 - a YAML scalar is text, number, truth value or null
    """Give the value of a plain scalar: text, int, float, bool or ``None``.

    Dates stay text. So do numbers that other programs cannot hold: infinite ones and whole
    ones of more than 64 bits.
    """
    if len(text) > LONGEST_NUMBER:
        return text
    for tag, pattern in _resolvers.get(text[:1], ()):
        if pattern.match(text):
            read = _READERS.get(tag.removeprefix(_TAG))
            return read(text) if read else text
    return text


def _bool(text: str) -> bool:
    return yaml.constructor.SafeConstructor.bool_values[text.lower()]


def _int(text: str) -> int | str:
    try:
        number: int = _constructor.construct_yaml_int(yaml.ScalarNode(f"{_TAG}int", text))
    except ValueError:
        return text
    return number if number in _INTEGERS else text


def _float(text: str) -> float | str:
    try:
        number: float = _constructor.construct_yaml_float(yaml.ScalarNode(f"{_TAG}float", text))
    except (ValueError, OverflowError):
        return text
    return number if math.isfinite(number) else text


_READERS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": _bool,
    "int": _int,
    "float": _float,
}
