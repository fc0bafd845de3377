"""What sort of address a link has, by its text alone.

An address is of one sort, so that a mistake in it is one finding: a rule of this family
looks at the sort that it is about and leaves the others alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.document import Link

EMPTY: Final = "empty"
UNSAFE: Final = "unsafe"
ABSOLUTE: Final = "absolute"
MALFORMED: Final = "malformed"
EXTERNAL: Final = "external"
RELATIVE: Final = "relative"
OTHER: Final = "other"

_LONGEST: Final = 4000
_TO_TOP = lazy_pattern(r"\b(?:boven|omhoog|begin|start|top|up)", re.IGNORECASE)

# Browsers leave these out of an address, so that `java\tscript:` runs as well.
_IGNORED = lazy_pattern(r"[\x00-\x20]")
_UNSAFE = lazy_pattern(r"(?:javascript|vbscript|livescript|data):", re.IGNORECASE)
_PICTURE = lazy_pattern(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.IGNORECASE)
_ABSOLUTE = lazy_pattern(r"[a-z]:[\\/]|file:|\\\\|/", re.IGNORECASE)

_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_WEB = lazy_pattern(r"https?://(?=[^\s/\\?#:])", re.IGNORECASE)
_TWICE = lazy_pattern(r"https?[:;]?[/\\]*(https?)[:;]?[/\\]+(?=[^\s/\\])", re.IGNORECASE)
# Letters of "https" with a mistake in them, or in what follows: "htps://", "http//", "https:/".
_NEARLY = lazy_pattern(r"([htps]{3,7})(?:[:;.,]?[/\\]{1,4}|[:;][/\\]{0,4})(?=[^\s/\\?#:])", re.IGNORECASE)
_NO_HOST = lazy_pattern(r"https?:", re.IGNORECASE)
_DOMAIN: Final = (
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    r"(?:nl|eu|com|org|net|be|de|uk|fr|int|info|gov|edu|frl|amsterdam|vlaanderen)"
)
_HOST = lazy_pattern(rf"{_DOMAIN}(?::[0-9]+)?(?=[/?#]|$)", re.IGNORECASE)
_MAIL = lazy_pattern(rf"[^\s@/?#:<>()]+@{_DOMAIN}(?=\?|$)", re.IGNORECASE)
_NO_ONE = lazy_pattern(r"mailto:[^@?]*$", re.IGNORECASE)
_WWW = lazy_pattern(r"www\.[^\s/.]+\.", re.IGNORECASE)
_SCHEME_AGAIN = lazy_pattern(r"https?:$", re.IGNORECASE)
# An address that ends so was cut off, or took the end of its sentence along.
_MARKS: Final = ".,;:\"'“”‘’…"
_WIKI: Final = ".wikipedia.org"
_NOT_IN_HOST = lazy_pattern(r"[,;'\"<>(){}|\\^`]")
_TEXT_FRAGMENT: Final = ":~:text="
# What plainly was to be an address, in text that did not become a link.
_MEANT = lazy_pattern(
    r"<?(?:[a-z][a-z0-9+.-]+:\S|www\.\S|\.{1,2}/|[/#]\S)|.*://"
    r"|.*\.(?:md|html?|pdf|docx?|xlsx?|csv|png|jpe?g|svg|ya?ml)(?:#\S*)?>?$",
    re.IGNORECASE | re.DOTALL,
)
_PAIRS: Final = (("(", ")"), ("[", "]"), ("<", ">"))


class Address(NamedTuple):
    """An address: its sort, and what that sort is about.

    ``variant`` and ``better`` are of a malformed one: what is wrong, and how it must have
    been meant, empty where that is not beyond doubt. ``path``, ``query`` and ``fragment`` are
    of a relative one and of an external one, decoded; ``host`` of an external one.
    """

    sort: str
    variant: str = ""
    better: str = ""
    host: str = ""
    path: str = ""
    query: str = ""
    fragment: str = ""


def read_address(link: Link) -> Address:
    """Give the sort of a link's address. Of text that is no link, only a plain address counts."""
    target = link.target.strip()
    if link.form == "unparsed":
        return _unparsed(link, target)
    # A number sign leads to the top of the page; in raw HTML, a script may do more at a click.
    if link.form == "link" and "#" in target and _bare(target) == "#" and not _TO_TOP.search(link.text):
        return Address(sort=EMPTY)
    return _known(target, link.is_image) if len(target) <= _LONGEST else _judged(target, link.is_image)


# A page is often linked to from many others, and several rules ask.
@lru_cache(maxsize=4096)
def _known(target: str, is_image: bool) -> Address:  # noqa: FBT001 - a cache has no names
    return _judged(target, is_image)


def _bare(target: str) -> str:
    return _IGNORED.sub("", target)


def _unparsed(link: Link, target: str) -> Address:
    if len(target) > _LONGEST or not _MEANT.match(target) or _UNSAFE.match(target):
        return Address(sort=OTHER)
    if re.search(r"\s", target):
        return Address(sort=MALFORMED, variant="space", path=unquote(target.partition("#")[0]))
    closed = link.end > link.target_end
    return Address(sort=MALFORMED, variant="bracket" if closed else "unclosed")


def _judged(target: str, is_image: bool) -> Address:  # noqa: FBT001 - as above
    bare = _bare(target)
    if not bare:
        return Address(sort=EMPTY)
    if _UNSAFE.match(bare):
        return Address(sort=OTHER if is_image and _PICTURE.match(bare) else UNSAFE)
    return Address(sort=OTHER) if len(target) > _LONGEST else _ordinary(target)


def _ordinary(target: str) -> Address:
    malformed = _scheme_flaw(target)
    if malformed:
        return malformed
    if _WEB.match(target):
        variant, better = _flaw(target)
        return Address(sort=MALFORMED, variant=variant, better=better) if variant else _external(target)
    if _ABSOLUTE.match(target):
        return Address(sort=ABSOLUTE, path=unquote(re.split(r"[?#]", target)[0]))
    if _SCHEME.match(target) and not _HOST.match(target):
        return Address(sort=MALFORMED, variant="mail") if _NO_ONE.match(target) else Address(sort=OTHER)
    if target.startswith("<") or target.endswith(">"):
        return Address(sort=MALFORMED, variant="bracket", better=target.strip("<>"))
    return _relative(target)


def _relative(target: str) -> Address:
    path, _, fragment = target.partition("#")
    path, _, query = path.partition("?")
    return Address(sort=RELATIVE, path=unquote(path), query=query, fragment=unquote(fragment))


def mended_beginning(target: str) -> str:
    """Give a web address whose beginning is not right as it must have been meant; empty where it is, or unknown."""
    flaw = _scheme_flaw(target) if len(target) <= _LONGEST else None
    return flaw.better if flaw else ""


def _scheme_flaw(target: str) -> Address | None:
    """Look for a beginning that is nearly ``https://``."""
    twice = _TWICE.match(target)
    if twice:
        return Address(sort=MALFORMED, variant="twice", better=f"{twice[1].lower()}://{target[twice.end() :]}")
    if target.startswith("//") and _HOST.match(target[2:]):
        return Address(sort=MALFORMED, variant="scheme", better=f"https:{target}")
    if _WWW.match(target):
        return Address(sort=MALFORMED, variant="scheme", better=f"https://{target}")
    if _WEB.match(target):
        return None
    better = _nearly(target)
    if better:
        return Address(sort=MALFORMED, variant="start", better=better)
    return Address(sort=MALFORMED, variant="host") if _NO_HOST.match(target) else None


def _nearly(target: str) -> str:
    """Give the web address that ``http//…``, ``htps://…`` or ``https:/…`` must be."""
    nearly = _NEARLY.match(target)
    if not nearly:
        return ""
    word, rest = nearly[1].lower(), target[nearly.end() :]
    between = nearly[0][len(word) :]
    known, twofold = word in {"http", "https"}, len(between) > 1
    named = bool(_HOST.match(rest)) or bool(_WWW.match(rest))
    sure = between[0] in ":;" or (known and (named or twofold)) or (named and twofold)
    scheme = "http" if word == "http" else "https"
    return f"{scheme}://{rest}" if sure and {"t", "p"} <= set(word) else ""


def _flaw(target: str) -> tuple[str, str]:
    """Give what is wrong with a web address, and how it was meant; nothing where it is right."""
    if re.search(r"\s", target):
        return "space", ""
    host, variant = _host(target)
    if variant:
        return variant, ""
    if any(target.count(opening) != target.count(closing) for opening, closing in _PAIRS):
        return "bracket", ""
    better = target.rstrip(_MARKS)
    if better == target or host.endswith(_WIKI) or _TEXT_FRAGMENT in target:
        return "", ""
    was_cut_off = target[len(better) :].startswith(("..", "…"))
    return "ending", "" if was_cut_off else better


def _host(target: str) -> tuple[str, str]:
    """Give the name of the website in an address, or what is wrong with it."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "", "host"
    if _SCHEME_AGAIN.search(parts.netloc):
        return "", "twice"
    host = (parts.hostname or "").removesuffix(".")
    odd = not host or ".." in host or host.startswith(".") or _NOT_IN_HOST.search(host)
    return ("", "host") if odd else (host, "")


def _external(target: str) -> Address:
    parts = urlsplit(target)
    return Address(
        sort=EXTERNAL,
        host=(parts.hostname or "").removesuffix("."),
        path=unquote(parts.path),
        query=unquote(parts.query),
        fragment=unquote(parts.fragment),
    )


def domain_like(address: str) -> str:
    """Give the web or mail address that a path must have been meant as, or nothing."""
    if _MAIL.match(address):
        return f"mailto:{address}"
    return f"https://{address}" if _HOST.match(address) else ""
