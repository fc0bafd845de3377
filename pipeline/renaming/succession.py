"""Another id for an entry whose id others know: the old page stays, and names its successor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.findings import Edit
from pipeline.fixing.patch import Patch, in_order
from pipeline.model.kinds import ANY
from pipeline.model.skeleton import quoted
from pipeline.rules.ids.redirects import GONE
from pipeline.rules.schema.edits import spelled, with_lines
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.renaming.target import Renaming

SUCCESSOR: Final = "successor"
NEW: Final = "new"


def succeeded(
    patches: tuple[Patch, ...], counts: Mapping[str, Counter[str]], renaming: Renaming
) -> tuple[tuple[Patch, ...], dict[str, Counter[str]]]:
    """Turn what moves a page into a new page beside the old one, which says what took its place."""
    entry, place = renaming.entry, Source(path=renaming.path, text="")
    own = next(patch for patch in patches if patch.path == entry.path)
    made = Patch(source=place, edits=(Edit(location=place.at(0), replacement=own.after),), created=True)
    kept = Patch(source=entry.document.source, edits=_farewell(renaming))
    others = [patch for patch in patches if patch is not own]
    told = {path: count for path, count in counts.items() if path != entry.path}
    told |= {entry.path: Counter({SUCCESSOR: 1}), renaming.path: Counter({NEW: 1})}
    return tuple(sorted((*others, kept, made), key=lambda patch: patch.path)), told


def _farewell(renaming: Renaming) -> tuple[Edit, ...]:
    """Give the old page the status for replaced, and its successor."""
    entry, kind = renaming.entry, renaming.entry.kind
    status, successor = kind.means.get("status", ""), kind.means.get("successor", "")
    spec = kind.reference_in(successor)
    word = next((word for word, state in kind.states.items() if state == "replaced"), "")
    node = entry.node.child(status) if entry.node else None
    possible = renaming.recodes and renaming.moves and entry.state not in GONE and successor not in entry.fields
    if entry.node is None or node is None or spec is None or not word or not possible:
        raise UserError(
            nl=f"{entry.path} kan niet vanzelf worden vervangen. Maak een nieuwe pagina met kader new.",
            en=f"{entry.path} cannot be replaced by itself. Make a new entry with kader new.",
        )
    name = quoted(renaming.code if spec.by == "code" else renaming.id)
    lines = [f"{successor}:", f"  - {name}"] if ANY in spec.path else [f"{successor}: {name}"]
    added = with_lines(entry.document, entry.node, lines)
    document = entry.document
    edit = Edit(location=document.place(node), replacement=spelled(document, node, word))
    return in_order([edit, *(added.edits if added else ())])
