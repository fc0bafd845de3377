"""Reasons to leave everything as it is: names that cannot be, and files that may hold more than was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.renaming.leftovers import left_in, old_names, standing_alone
from pipeline.rules.ids.released import released
from pipeline.text import UNSHOWABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Edit
    from pipeline.model.framework import Framework
    from pipeline.renaming.target import Renaming

_INDEXES: Final = frozenset({"index", "README"})
_ODD = re.compile(r'[\\:*?"<>|#%{}\s]')
_UNKNOWN: Final = frozenset({"source/unreadable", "source/too-large"})


def refuse_taken(framework: Framework, renaming: Renaming, *, replace: bool) -> None:
    """Refuse a name that something has or had, or that nothing should have.

    A released id is only given up with ``replace``: its page stays.
    """
    if renaming.moves:
        _refuse_path(framework, renaming)
    if renaming.recodes:
        _refuse_id(framework, renaming)
    entry = renaming.entry
    if renaming.recodes and not replace and entry.id in released(framework):
        raise UserError(
            nl=f"{entry.id} is al uitgegeven: anderen verwijzen ernaar, ook buiten deze bestanden. Gebruik --replace: "
            "dan blijft de oude pagina bestaan en wijst zij de nieuwe aan.",
            en=f"{entry.id} was released: others refer to it, outside these files too. Use --replace: then the old "
            "page stays and points at the new one.",
        )


def _refuse_path(framework: Framework, renaming: Renaming) -> None:
    path, entry = renaming.path, renaming.entry
    if not _INDEXES.isdisjoint({entry.stem, renaming.stem}):
        raise UserError(
            nl=f"{entry.path} kan niet zo gaan heten: index.md is de pagina van een hele map.",
            en=f"{entry.path} cannot be renamed so: index.md is the page of a whole folder.",
        )
    if _ODD.search(path) or UNSHOWABLE.search(path) or "/." in f"/{path}":
        raise UserError(
            nl=f"Gebruik in “{path}” alleen letters, cijfers en streepjes.",
            en=f"Use just letters, digits and hyphens in “{path}”.",
        )
    if framework.schemas.claim(path) is not entry.kind or framework.settings.ignores(path):
        raise UserError(
            nl=f"{path} is geen plek voor deze soort: {entry.kind.noun.nl}.",
            en=f"{path} is no place for this kind: {entry.kind.noun.en}.",
        )
    alike = {each.lower(): each for each in framework.files if each != entry.path}
    if other := alike.get(path.lower()):
        raise UserError(nl=f"{other} bestaat al.", en=f"{other} exists already.")


def _refuse_id(framework: Framework, renaming: Renaming) -> None:
    entry, kind = renaming.entry, renaming.entry.kind
    everywhere = kind.identity.template != "{code}"
    for other in framework.entries:
        same = other.code == renaming.code if other.kind is kind else everywhere and other.id == renaming.id
        if same and other is not entry:
            raise UserError(
                nl=f"{renaming.id} is al van {other.path}.", en=f"{renaming.id} is taken already, by {other.path}."
            )
    if renaming.id in released(framework):
        raise UserError(
            nl=f"{renaming.id} is al eens uitgegeven. Een id gebruiken we nooit een tweede keer.",
            en=f"{renaming.id} was released once. An id is never used a second time.",
        )


def refuse_unread(framework: Framework, renaming: Renaming, edits: Mapping[str, tuple[Edit, ...]]) -> None:
    """Refuse where a file that cannot be read, or not in full, has or may have an old name in it."""
    pattern = standing_alone(old_names(renaming))
    for document in (*framework.documents, *framework.extras.values()):
        if not document.flaws:
            continue
        path = document.source.path
        unknown = any(flaw.rule in _UNKNOWN for flaw in document.flaws)
        left = next(left_in(document, pattern, edits.get(path, ())), None)
        in_fields = left is not None and (document.body is None or left.start < document.body.start)
        if unknown or (left is not None and (in_fields or not document.readable)):
            place = f"{path}:{left.begin.line}" if left else path
            raise UserError(
                nl=f"{place} is niet goed te lezen en noemt misschien de oude naam. Verbeter dat bestand eerst; "
                "`kader check` zegt hoe.",
                en=f"{place} cannot be read well and may have the old name in it. Mend that file first; "
                "`kader check` tells how.",
            )
