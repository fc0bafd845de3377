"""The templates: compiled once, everything that contributors wrote escaped."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.exports.site.words import lowered

ASSETS: Final = {"site.css": "text/css", "icon.svg": "image/svg+xml"}
POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

# What HTML does not allow in a text (HTML, 13.1.4): most control characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@cache
def environment() -> Environment:
    """Build the environment that all pages are rendered in."""
    made = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["policy"] = POLICY
    made.filters["lowered"] = lowered
    return made


def render_part(name: str, values: dict[str, Any]) -> Markup:
    """Fill the template of a part that many pages share."""
    return Markup(environment().get_template(name).render(values))  # noqa: S704 - autoescaped by Jinja


def render(name: str, values: dict[str, Any]) -> bytes:
    """Fill the template of a page."""
    text = _FORBIDDEN.sub("\ufffd", environment().get_template(name).render(values))
    # A character that UTF-8 cannot hold (a lone surrogate) becomes a question mark.
    return text.encode("utf-8", "replace")


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """Give media type and bytes of each file that pages use, by its name."""
    folder = resources.files(__package__) / "assets"
    return {name: (media_type, (folder / name).read_bytes()) for name, media_type in ASSETS.items()}


def _read(name: str) -> str | None:
    template = resources.files(__package__) / "templates" / name
    return template.read_text("utf-8") if template.is_file() else None
