"""A file stands in the framework's folders, but belongs to no kind of entry.

Nobody reads it: it is not checked and does not appear on the site. Most often it is in the
wrong folder, or the folder's name has a typing error.

Bad: ``content/regel/avg-13-doe-een-dpia.md``

Good: ``content/regels/avg-13-doe-een-dpia.md``

Mend it: move the file to the place that the message suggests, or give it the name that stands
there: a page ends in ``.md``, not in ``.md.txt`` or ``.markdown``. If it is meant to stand here
without being an entry, add it to ``ignored`` in ``framework.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.rule import framework_rule
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind, Schemas


@framework_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Dit bestand staat op een plek waar geen pagina's worden gelezen.",
            en="This file is in a place where no entries are read.",
        ),
        "ending": Text(
            nl="De naam van dit bestand eindigt op “{ending}”. Zulke bestanden worden hier niet gelezen.",
            en="The name of this file ends in “{ending}”. Such files are not read here.",
        ),
    },
    help={
        "": Text(
            nl="Het komt niet op de site en wordt niet gecontroleerd. Zet het in de map waar het hoort.",
            en="It does not reach the site and is not checked. Put it in the folder where it belongs.",
        ),
        "ending": Text(
            nl="Het komt niet op de site en wordt niet gecontroleerd. Geef het een andere naam.",
            en="It does not reach the site and is not checked. Give it another name.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Report each file without a kind, with the place where it may belong."""
    for path in framework.unclaimed:
        place = _better_place(path, framework.schemas)
        same, better = path.rpartition("/"), place.rpartition("/")
        yield Problem(
            location=Source(path=path, text="").at(0),
            variant="ending"
            if same[0] == better[0] and same[2].partition(".")[0] == better[2].partition(".")[0]
            else "",
            parameters={
                "ending": f".{same[2].partition('.')[2]}",
                "suggestions": (place,) if place else (),
            },
        )


def _better_place(path: str, schemas: Schemas) -> str:
    """Give the one path that the file may have been meant to have, or nothing."""
    folder, _, name = path.rpartition("/")
    stem, _, ending = (name[: -len(".txt")] if name.lower().endswith(".txt") else name).rpartition(".")
    kinds = [kind for kind in schemas.kinds.values() if not kind.page.hidden]
    if ending.lower() in {"yaml", "yml"}:
        lists = {_last(kind.files.file).rpartition(".")[0]: kind.files.file for kind in kinds if kind.files.file}
        return next((lists[near] for near in nearest(stem, lists, most=1)), "")
    takers = [kind for kind in kinds if _takes(kind, stem)]
    fitting = _in_folder_like(folder, takers) or _with_prefix_of(stem, takers)
    return f"{fitting[0].files.folder}/{stem}.md" if len(fitting) == 1 else ""


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _takes(kind: Kind, stem: str) -> bool:
    files = kind.files
    named_so = files.layout == "document" and kind.stem_pattern.fullmatch(stem) is not None
    return named_so and bool(files.folder) and stem not in files.excluded


def _in_folder_like(folder: str, kinds: list[Kind]) -> list[Kind]:
    """Give the kinds whose folder is called nearly as one that the file is in."""
    names = {_last(kind.files.folder) for kind in kinds}
    for part in reversed(folder.split("/")):
        near = nearest(part, names, most=1)
        if near:
            return [kind for kind in kinds if _last(kind.files.folder) in near]
    return []


def _with_prefix_of(stem: str, kinds: list[Kind]) -> list[Kind]:
    """Give the kinds that number their entries as the file's name begins."""
    return [kind for kind in kinds if stem.startswith(tuple(f"{prefix}-" for prefix in kind.identity.prefixes))]
