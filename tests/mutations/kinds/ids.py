"""Mistakes in ids, and in what happens to them."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, LACKING, Also, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Field, Page

MALFORMED = "ids/malformed"


def _id(page: Page) -> Field | None:
    """Give the field with the id, where ids are made of a prefix and a code."""
    identity = page.kind.identity
    if identity.where != "field" or not identity.template.startswith("urn:"):
        return None
    field = page.field(identity.field)
    return field if field and page.kind.id_pattern.fullmatch(field.value.text) else None


def _written(page: Page, old: str, new: str, *, guessed: bool = True) -> Seed | None:
    field = _id(page)
    if field is None:
        return None
    text = re.sub(old, new, field.value.text, count=1)
    if text == field.value.text or page.kind.id_pattern.fullmatch(text):
        return None
    change = Change(field.value.start, field.value.end, HERE + text)
    return Seed(changes=(change,), suggests=field.value.text if guessed and not page.is_list else "")


@mutation(MALFORMED)
def a_code_without_its_hyphen(page: Page) -> Seed | None:
    """``avg13`` for ``avg-13``."""
    return _written(page, r"-(?=\d+$)", "")


@mutation(MALFORMED)
def a_code_with_an_underscore(page: Page) -> Seed | None:
    """``avg_13`` for ``avg-13``."""
    return _written(page, r"-(?=\d+$)", "_")


@mutation(MALFORMED)
def a_code_in_capitals(page: Page) -> Seed | None:
    """``AVG-13`` for ``avg-13``."""
    field = _id(page)
    code = field.value.text.rpartition(":")[2] if field else ""
    return _written(page, re.escape(code) + "$", code.upper()) if code.upper() != code else None


@mutation(MALFORMED)
def a_code_with_a_space(page: Page) -> Seed | None:
    """``avg 13`` for ``avg-13``."""
    return _written(page, r"-(?=\d+$)", " ")


@mutation(MALFORMED)
def a_letter_of_the_prefix_missing(page: Page) -> Seed | None:
    """``urn:nl:ak:vr:`` for ``urn:nl:ak:ver:``."""
    return _written(page, r"(?<=:)(\w)\w(\w:)", r"\1\2")


@mutation(MALFORMED)
def no_prefix(page: Page) -> Seed | None:
    """``id: avg-13``."""
    field = _id(page)
    return _written(page, r"^.*:", "") if field and not field.value.text.rpartition(":")[2][0].isdigit() else None


@mutation(MALFORMED)
def a_prefix_in_capitals(page: Page) -> Seed | None:
    """``URN:NL:AK:VER:``."""
    field = _id(page)
    return _written(page, r"^.*:", field.value.text.rpartition(":")[0].upper() + ":") if field else None


@mutation(MALFORMED)
def semicolons_for_colons(page: Page) -> Seed | None:
    """``urn;nl;ak;ver;avg-13``."""
    field = _id(page)
    if field is None:
        return None
    text = field.value.text.replace(":", ";")
    return Seed(
        changes=(Change(field.value.start, field.value.end, HERE + text),),
        suggests="" if page.is_list else field.value.text,
    )


def _own_code(page: Page) -> str:
    """Give the code in the file's name, where it has one."""
    field = _id(page)
    if field is None or not page.is_document:
        return ""
    code = field.value.text.rpartition(":")[2]
    return code if code in page.stem else ""


@mutation("ids/file-name-mismatch")
def another_code_in_the_file_name(page: Page) -> Seed | None:
    """The id got another code, and the file its name not."""
    field, code = _id(page), _own_code(page)
    if field is None or not re.fullmatch(r"[a-z]+-\d\d", code) or field.value.text in page.material.released:
        return None
    new = f"{code.rpartition('-')[0]}-{page.random.randrange(80, 99)}"
    if new in page.material.named(page.kind.name):
        return None
    text = field.value.text.replace(code, new)
    suggests = f"{page.stem.replace(code, new)}.md"
    return Seed(changes=(Change(field.value.start, field.value.end, HERE + text),), suggests=suggests)


@mutation("ids/vanished")
def a_released_id_changed(page: Page) -> Seed | None:
    """The id of a released page got another code."""
    field, code = _id(page), _own_code(page)
    if field is None or not re.fullmatch(r"[a-z]+-\d\d", code) or field.value.text not in page.material.released:
        return None
    text = field.value.text.replace(code, f"{code.rpartition('-')[0]}-{page.random.randrange(80, 99)}")
    if page.material.incoming(page.path):
        return None
    uses = frozenset({page.material.schemas.settings.ledger})
    return Seed(
        changes=(Change(field.value.start, field.value.end, HERE + text),), suggests=field.value.text, uses=uses
    )


def _renamed(page: Page, stem: str, suggests: str) -> Seed | None:
    """Give the page another file name, where nothing refers to it."""
    field = _id(page)
    if field is None or page.material.incoming(page.path) or _linked(page):
        return None
    path = posixpath.join(posixpath.dirname(page.path), f"{stem}.md")
    line, column = (
        page.text.count("\n", 0, field.value.start) + 1,
        field.value.start - page.line_of(field.value.start) + 1,
    )
    files = {page.path: None, path: page.text.encode()}
    return Seed(files=files, place=(path, line, column), suggests=suggests, breaks="file", also=_directives(page, path))


def _directives(page: Page, path: str) -> tuple[Also, ...]:
    """Give the findings on lists that still choose by the name that the file had."""
    count = len(re.findall(rf"<!-- list_\w+ \w+/{re.escape(page.stem)}[ ]", page.text))
    return (Also(rule="references/directive", path=path),) * count


def _linked(page: Page) -> bool:
    """Whether any text names the file."""
    return posixpath.basename(page.path).encode() in page.material.texts


@mutation("ids/file-name-mismatch")
def no_code_in_the_file_name(page: Page) -> Seed | None:
    """``doe-een-dpia.md`` for ``avg-13-doe-een-dpia.md``."""
    code = _own_code(page)
    if not page.kind.files.name.endswith("{code}-{slug}") or not page.stem.startswith(f"{code}-"):
        return None
    return _renamed(page, page.stem.removeprefix(f"{code}-"), f"{page.stem}.md")


@mutation("ids/file-name-mismatch")
def a_code_without_its_hyphen_in_the_file_name(page: Page) -> Seed | None:
    """``avg13-doe-een-dpia.md``."""
    code = _own_code(page)
    if not re.fullmatch(r"[a-z]+-\d\d", code):
        return None
    return _renamed(page, page.stem.replace(code, code.replace("-", "")), "")


@mutation("ids/duplicate")
def a_copy_of_a_file(page: Page) -> Seed | None:
    """A page copied to start a new one, and the id left as it was."""
    field, code = _id(page), _own_code(page)
    if field is None or not re.fullmatch(r"[a-z]+-\d+", code) or page.kind.means.get("term"):
        return None
    path = page.path.removesuffix(".md") + "-kopie.md"
    line, column = (
        page.text.count("\n", 0, field.value.start) + 1,
        field.value.start - page.line_of(field.value.start) + 1,
    )
    later = max(page.path, path)
    also = _directives(page, path)
    return Seed(files={path: page.text.encode()}, place=(later, line, column), breaks="file", also=also)


@mutation("ids/duplicate")
def the_id_of_another_entry(page: Page) -> Seed | None:
    """The id of a copied page in a file with a name of its own."""
    field, code = _id(page), _own_code(page)
    if field is None or not code or page.material.incoming(page.path):
        return None
    others = [
        entry
        for entry in page.material.framework.index.of_kind(page.kind.name)
        if entry.path < page.path and page.kind.id_pattern.fullmatch(entry.id)
    ]
    other = page.choose(others)
    if other is None:
        return None
    change = Change(field.value.start, field.value.end, HERE + other.id)
    return Seed(changes=(change,), suggests=field.value.text, uses=frozenset({other.path}))


@mutation("ids/duplicate")
def an_item_of_a_list_copied(page: Page) -> Seed | None:
    """An item copied to start a new one, and the id left as it was."""
    if not page.is_list or page.front is None or page.kind.means.get("term"):
        return None
    field = _id(page)
    if field is None:
        return None
    copy = page.front.text.rstrip("\n") + "\n"
    place = field.value.start - page.front.start
    end = len(page.text)
    lead = "" if page.text.endswith("\n") else "\n"
    # The first of the two must stay as it is.
    kept = Change(field.value.start, field.value.end, field.value.text)
    return Seed(changes=(Change(end, end, lead + copy[:place] + HERE + copy[place:]), kept))


@mutation("ids/vanished")
def a_page_thrown_away(page: Page) -> Seed | None:
    """The file of a released id was deleted."""
    settings, field = page.material.schemas.settings, _id(page)
    if field is None or not page.is_document or page.material.incoming(page.path) or _linked(page):
        return None
    number = page.material.released.get(field.value.text)
    if number is None:
        return None
    place = (settings.ledger, number, 1)
    uses = frozenset({settings.ledger})
    return Seed(files={page.path: None}, place=place, breaks="file", uses=uses, also=LACKING)


@mutation("ids/vanished")
def an_item_of_a_list_thrown_away(page: Page) -> Seed | None:
    """An item with a released id was taken out of its list."""
    material = page.material
    entries = material.framework.entries_by_path.get(page.path, ())
    entry = page.choose(entries, lambda each: each.id in material.released and not material.framework.incoming(each))
    if entry is None or not page.is_list:
        return None
    start = page.text.index(f"- id: {entry.id}\n")
    end = page.text.find("\n- ", start)
    text = page.text[:start] + (page.text[end + 1 :] if end >= 0 else "")
    ledger = material.schemas.settings.ledger
    place = (ledger, material.released[entry.id], 1)
    return Seed(files={page.path: text.encode()}, place=place, breaks="file", uses=frozenset({ledger}), also=LACKING)


def _ledger(page: Page, old: str, new: str, column: int) -> Seed | None:
    """Change a line of the ledger; ``column`` is counted from where the change is."""
    ledger = page.material.schemas.settings.ledger
    if not ledger:
        return None
    lines = page.material.files[ledger].decode().split("\n")
    number = page.random.randrange(1, len(lines) - 1)
    place = (ledger, number + 1, lines[number].index(old) + column if column else 1)
    lines[number] = lines[number].replace(old, new)
    return Seed(files={ledger: "\n".join(lines).encode()}, place=place)


@mutation("ids/ledger")
def semicolons_in_the_ledger(page: Page) -> Seed | None:
    """Saved by Excel, with semicolons for commas."""
    ledger = page.material.schemas.settings.ledger
    if not ledger:
        return None
    data = page.material.files[ledger].replace(b",", b";")
    return Seed(files={ledger: data}, place=(ledger, 1, 1))


@mutation("ids/ledger")
def an_unknown_state_in_the_ledger(page: Page) -> Seed | None:
    """``aktief`` for ``actief``."""
    return _ledger(page, ",actief,", ",aktief,", 2)


@mutation("ids/ledger")
def a_column_too_few_in_the_ledger(page: Page) -> Seed | None:
    """A comma is missing at the end of a line."""
    return _ledger(page, ",actief,", ",actief", 0)


def _status(page: Page, state: str) -> tuple[Field, str] | None:
    field = page.means("status")
    taken = page.schema(field).get("enum", ()) if field else ()
    word = next((word for word, meant in page.kind.states.items() if meant == state and word in taken), "")
    narrowed = not page.kind.schema.keys().isdisjoint({"if", "allOf"})  # some kinds take fewer
    return (field, word) if field and word and not page.is_list and not narrowed else None


@mutation("ids/withdrawn-target")
def a_reference_to_what_was_withdrawn(page: Page) -> Seed | None:
    """An entry that another refers to gets ``status: ingetrokken``."""
    status = _status(page, "withdrawn")
    entry = page.material.framework.entries_by_path[page.path][0]
    incoming = page.material.framework.incoming(entry)
    if status is None or len(incoming) != 1 or incoming[0].origin is entry:
        return None
    field, word = status
    where = incoming[0].location
    place = (where.source.path, where.begin.line, where.begin.column)
    change = Change(field.value.start, field.value.end, word)
    # What was withdrawn lacks nothing any more.
    return Seed(changes=(change,), place=place, uses=frozenset({where.source.path}), also=LACKING, breaks="file")


def _replaced(page: Page, *others: Page | None) -> dict[str, bytes]:
    """Write pages that each name the next as their successor."""
    files: dict[str, bytes] = {}
    chain = [each for each in (page, *others) if each is not None]
    for one, two in pairwise(chain):
        status, target = _status(one, "replaced"), _id(two)
        assert status is not None
        assert target is not None
        field, word = status
        text = (
            f"{one.text[: field.value.start]}{word}\nopgevolgd-door: [{target.value.text}]{one.text[field.value.end :]}"
        )
        files[one.path] = text.encode()
    return files


def _lonely(page: Page, count: int) -> list[Page]:
    """Give pages of the same kind that nothing refers to."""
    if "successor" not in page.kind.means or _status(page, "replaced") is None or _id(page) is None:
        return []
    if page.material.incoming(page.path):
        return []
    paths = [entry.path for entry in page.material.framework.index.of_kind(page.kind.name) if entry.path != page.path]
    lonely = [path for path in paths if not page.material.incoming(path)]
    if len(lonely) < count - 1:
        return []
    others = (page.material.page(path, page) for path in page.random.sample(lonely, count - 1))
    return [page, *filter(None, others)]


def _place(page: Page, data: bytes) -> tuple[str, int, int]:
    lines = data.decode().split("\n")
    number = next(at for at, line in enumerate(lines, start=1) if line.startswith("opgevolgd-door:"))
    return page.path, number, len("opgevolgd-door: [") + 1


@mutation("ids/redirect-chain")
def a_successor_that_was_replaced_itself(page: Page) -> Seed | None:
    """A says B took its place, B says C."""
    pages = _lonely(page, 3)
    if not pages:
        return None
    files = _replaced(*pages)
    target = _id(pages[2])
    assert target is not None
    return Seed(
        files=files,
        place=_place(page, files[page.path]),
        suggests=target.value.text,
        breaks="file",
        uses=frozenset({pages[2].path}),
        also=LACKING,
    )


@mutation("ids/redirect-cycle")
def two_that_replace_each_other(page: Page) -> Seed | None:
    """A says B took its place, B says A."""
    pages = _lonely(page, 2)
    if not pages:
        return None
    files = _replaced(*pages, pages[0])
    first = min(pages, key=lambda each: each.path)
    return Seed(files=files, place=_place(first, files[first.path]), breaks="file", also=LACKING)
