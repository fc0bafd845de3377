"""Patterns that are compiled when first used: not every framework asks for these rules."""

from __future__ import annotations

import re
from functools import cached_property


class Lazy:
    """A regular expression, compiled at its first use."""

    def __init__(self, expression: str, flags: int = 0) -> None:
        """Keep the expression."""
        self._expression = expression
        self._flags = flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self._expression, self._flags)
