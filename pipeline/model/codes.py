"""The next free code of a kind: never one that an entry has, or that was ever released."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import UserError
from pipeline.model.skeleton import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind


def next_code(framework: Framework, kind: Kind, title: str, *, prefix: str = "", reserved: Iterable[str] = ()) -> str:
    """Give a code; ``reserved`` are others that are not to be given out."""
    identity = kind.identity
    taken = taken_codes(framework, kind) | set(reserved)
    if identity.from_title or (not identity.prefixes and not identity.code):
        code = base = _fitting(kind, slug_of(title))
        number = 1
        while code in taken:
            number += 1
            code = f"{base}-{number}"
        return code
    if prefix and identity.prefixes and prefix not in identity.prefixes:
        known = ", ".join(identity.prefixes)
        raise UserError(
            nl=f"Een code van deze soort begint niet met “{prefix}”. Kies uit: {known}.",
            en=f"No code of this kind begins with “{prefix}”. Choose from: {known}.",
        )
    if not prefix and len(identity.prefixes) > 1:
        known = ", ".join(identity.prefixes)
        raise UserError(
            nl=f"Zeg waarmee de code begint, bijvoorbeeld --prefix {identity.prefixes[0]}. Kies uit: {known}.",
            en=f"Say what the code begins with, --prefix {identity.prefixes[0]} for example. Choose from: {known}.",
        )
    letters = prefix or "".join(identity.prefixes)
    start = f"{letters}-" if letters else ""
    numbers = [int(match[1]) for code in taken if (match := re.fullmatch(f"{re.escape(start)}([0-9]{{1,9}})", code))]
    number = max([identity.first - 1, *numbers]) + 1
    return f"{start}{number:0{identity.digits}d}"


def taken_codes(framework: Framework, kind: Kind) -> set[str]:
    """Give the codes that entries have, or that were released: a number is never given out again."""
    return {entry.code for entry in framework.index.of_kind(kind.name)} | _released(framework, kind)


def path_of(kind: Kind, code: str, title: str) -> str:
    """Give the file of a new entry that has a file of its own."""
    name = kind.files.name.replace("{code}", code).replace("{slug}", slug_of(title)).replace("{number}", "0")
    return f"{kind.files.folder}/{name}.md" if kind.files.folder else f"{name}.md"


def _released(framework: Framework, kind: Kind) -> set[str]:
    document = framework.extras.get(framework.settings.ledger)
    if document is None:
        return set()
    first = (line.split(",")[0].strip().strip('"') for line in document.source.text.splitlines()[1:])
    return {match["code"] for name in first if (match := kind.id_pattern.fullmatch(name))}


def _fitting(kind: Kind, code: str) -> str:
    if not kind.code_pattern.fullmatch(code):
        raise UserError(
            nl=f"Van deze titel is geen code te maken (“{code}”). Kies een andere titel.",
            en=f"No code can be made of this title (“{code}”). Choose another title.",
        )
    return code
