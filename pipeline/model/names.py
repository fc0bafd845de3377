"""What the files of a schemas folder are called."""

from __future__ import annotations

from typing import Final

FRAMEWORK: Final = "framework.json"
SUFFIX: Final = ".schema.json"
