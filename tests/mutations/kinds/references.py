"""Mistakes in what entries say about each other, in the directives of a site and in its menu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, LACKING, Also, Change, Seed, mutation
from tests.mutations.words import TYPOS, is_meant
from tests.mutations.words_of import list_of, references

if TYPE_CHECKING:
    from tests.mutations.page import Page
    from tests.mutations.words import Typo

UNKNOWN = "references/unknown-target"
DIRECTIVE = "references/directive"
NAVIGATION = "references/navigation"
_MENTION = re.compile(r"\{([a-z-]+):([a-z0-9-]+)((?::[^}]*)?)\}")
_DIRECTIVE = re.compile(r"<!-- (list_\w+) (\w+)/([\w-]+)((?: [\w-]+)*) -->")


def _misspelt_reference(name: str, typo: Typo) -> None:
    @mutation(UNKNOWN, f"{name} in a reference", "A typing error in the name of another entry.")
    def make(page: Page) -> Seed | None:
        word = page.choose(references(page))
        if word is None:
            return None
        written = typo(word.span.text, page.random)
        if not is_meant(written, word.span.text, word.known) or page.material.framework.find(written):
            return None
        return Seed(
            changes=(Change(word.span.start, word.span.end, HERE + written),), suggests=word.span.text, uses=word.uses
        )


for _name, _typo in TYPOS.items():
    _misspelt_reference(_name, _typo)


def _other_form(page: Page, old: str, new: str) -> Seed | None:
    word = page.choose(references(page), lambda each: re.search(old, each.span.text))
    if word is None:
        return None
    written = re.sub(old, new, word.span.text, count=1)
    if not is_meant(written, word.span.text, word.known):
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + written),), suggests=word.span.text, uses=word.uses
    )


@mutation(UNKNOWN)
def a_reference_without_its_hyphen(page: Page) -> Seed | None:
    """``avg13`` for ``avg-13``."""
    return _other_form(page, r"-(?=\d\d)", "")


@mutation(UNKNOWN)
def a_reference_with_an_underscore(page: Page) -> Seed | None:
    """``avg_13`` for ``avg-13``."""
    return _other_form(page, r"-(?=\d\d)", "_")


@mutation(UNKNOWN)
def a_reference_in_capitals(page: Page) -> Seed | None:
    """``AVG-13`` for ``avg-13``."""
    word = page.choose(references(page), lambda each: each.span.text != each.span.text.upper())
    if word is None or any(each.lower() == word.span.text.lower() and each != word.span.text for each in word.known):
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + word.span.text.upper()),),
        suggests=word.span.text,
        uses=word.uses,
    )


@mutation(UNKNOWN)
def a_reference_with_an_ending(page: Page) -> Seed | None:
    """``avg-13-doe-een-dpia.md``: the name of the file."""
    word = page.choose(references(page))
    if word is None:
        return None
    entry = page.material.named(word.to[0], word.by)[word.span.text]
    if entry.kind.files.layout != "document":
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, f"{HERE}{entry.stem}.md"),),
        suggests=word.span.text,
        uses=word.uses,
    )


@mutation(UNKNOWN)
def the_name_of_the_file_for_a_code(page: Page) -> Seed | None:
    """``avg-13-doe-een-dpia`` for ``avg-13``."""
    word = page.choose(references(page), lambda each: each.by == "code")
    if word is None:
        return None
    entry = page.material.named(word.to[0], word.by)[word.span.text]
    if entry.kind.files.layout != "document" or entry.stem == word.span.text:
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + entry.stem),), suggests=word.span.text, uses=word.uses
    )


@mutation(UNKNOWN)
def the_code_for_the_name_of_the_file(page: Page) -> Seed | None:
    """``avg-13`` for ``avg-13-doe-een-dpia``."""
    word = page.choose(references(page), lambda each: each.by == "stem")
    if word is None:
        return None
    entry = page.material.named(word.to[0], word.by)[word.span.text]
    if entry.kind.identity.where != "field" or entry.code == word.span.text:
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + entry.code),), suggests=word.span.text, uses=word.uses
    )


@mutation(UNKNOWN)
def the_old_name_of_an_entry(page: Page) -> Seed | None:
    """A name with another number, as it was before renumbering."""
    word = page.choose(references(page), lambda each: each.by == "stem" and re.search(r"\d\d-", each.span.text))
    if word is None:
        return None
    written = re.sub(r"\d\d(?=-)", "77", word.span.text, count=1)
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + written),), suggests=word.span.text, uses=word.uses
    )


@mutation(UNKNOWN)
def a_code_that_does_not_exist(page: Page) -> Seed | None:
    """``avg-77``."""
    word = page.choose(references(page), lambda each: re.fullmatch(r"[a-z]+-\d\d", each.span.text))
    if word is None:
        return None
    written = f"{word.span.text[:-2]}77"
    if written in word.known:
        return None
    return Seed(changes=(Change(word.span.start, word.span.end, HERE + written),), uses=word.uses)


@mutation("references/wrong-kind")
def an_entry_of_another_kind(page: Page) -> Seed | None:
    """A measure among the requirements."""
    word = page.choose(references(page), lambda each: each.by in {"code", "stem"})
    if word is None:
        return None
    everything = [
        entry
        for entry in page.material.framework.entries
        if entry.kind.name not in word.to and entry.kind.identity.prefixes
    ]
    other = page.choose(everything)
    if other is None:
        return None
    name = other.code if word.by == "code" else other.stem
    if name in word.known or re.search(r"[^\w-]", name) or page.material.framework.find(name) is not other:
        return None
    return Seed(changes=(Change(word.span.start, word.span.end, HERE + name),), uses=word.uses | {other.path})


@mutation("references/self")
def an_entry_that_names_itself_in_its_text(page: Page) -> Seed | None:
    """``{vereiste:avg-13}`` in ``avg-13``."""
    found = page.choose(list(_MENTION.finditer(page.text, page.body)))
    entry = page.material.framework.entries_by_path[page.path][0]
    if found is None or not page.is_document or not re.fullmatch(r"[a-z0-9-]+", entry.code):
        return None
    text = f"{HERE}{{{entry.kind.name}:{entry.code}}}"
    return Seed(changes=(Change(found.start(), found.end(), text),))


@mutation("references/self")
def an_entry_that_succeeds_itself(page: Page) -> Seed | None:
    """``opgevolgd-door`` with its own id."""
    name, status = page.kind.means.get("successor"), page.means("status")
    entry = page.material.framework.entries_by_path[page.path][0]
    if not name or page.field(name) or status is None or page.front is None or page.is_list:
        return None
    end = page.front.end
    return Seed(changes=(Change(end, end, f"{name}: [{HERE}{entry.id}]\n"),))


@mutation("references/concept-target")
def an_adopted_entry_that_leans_on_a_draft(page: Page) -> Seed | None:
    """``status: vastgesteld``, while what it refers to is a draft."""
    status, name = page.means("status"), page.kind.means.get("checked", "")
    final = next((word for word, state in page.kind.states.items() if state == "final"), "")
    if status is None or not final or page.is_list or page.field(name) or "if" in page.kind.schema:
        return None
    framework = page.material.framework
    targets = [
        each
        for each in framework.outgoing(framework.entries_by_path[page.path][0])
        if each.target and each.target.state == "draft" and not each.spec.vocabulary
    ]
    if len({each.target.id for each in targets if each.target}) != 1:
        return None
    text = f'{final}\n{name}: "2026-11-23"'
    first = min(each.start for each in targets)
    changes = (Change(status.value.start, status.value.end, text), Change(first, first, HERE))
    uses = frozenset(each.target.path for each in targets if each.target)
    return Seed(changes=changes, uses=uses, also=(Also(rule="completeness/review-missing", path=page.path),))


@mutation("references/stored-inverse")
def the_side_that_is_derived(page: Page) -> Seed | None:
    """``maatregelen: [org-01]`` in a requirement."""
    name = page.choose(sorted(page.kind.inverse_names))
    if name is None or page.front is None or page.is_list or page.field(name):
        return None
    kind, _ = page.kind.inverses[name]
    other = page.choose(page.material.framework.index.of_kind(kind))
    if other is None:
        return None
    end = page.front.end
    return Seed(changes=(Change(end, end, f"{HERE}{name}: [{other.code}]\n"),))


def _misspelt_mention(name: str, typo: Typo) -> None:
    @mutation(UNKNOWN, f"{name} in a reference in the text", "``{bron:agv:35}``.")
    def make(page: Page) -> Seed | None:
        found = page.choose(list(_MENTION.finditer(page.text, page.body)))
        if found is None:
            return None
        known = page.material.named(found[1], "code")
        written = typo(found[2], page.random)
        if not is_meant(written, found[2], known) or page.material.framework.find(written):
            return None
        text = f"{HERE}{{{found[1]}:{written}{found[3]}}}"
        change = Change(found.start(), found.end(), text)
        return Seed(changes=(change,), suggests=found[2], restores=True, uses=list_of(page, found[1]))


for _name, _typo in TYPOS.items():
    _misspelt_mention(_name, _typo)


@mutation(UNKNOWN)
def a_misspelt_kind_in_a_reference_in_the_text(page: Page) -> Seed | None:
    """``{vereist:avg-13}``."""
    found = page.choose(list(_MENTION.finditer(page.text, page.body)))
    if found is None:
        return None
    text = f"{HERE}{{{found[1][:-1]}:{found[2]}{found[3]}}}"
    return Seed(changes=(Change(found.start(), found.end(), text),), suggests=found[1])


@mutation("references/wrong-kind")
def another_kind_in_a_reference_in_the_text(page: Page) -> Seed | None:
    """``{maatregel:avg-13}``."""
    found = page.choose(
        list(_MENTION.finditer(page.text, page.body)), lambda each: each[1] in {"vereiste", "maatregel"}
    )
    if found is None:
        return None
    other = "maatregel" if found[1] == "vereiste" else "vereiste"
    if found[2] in page.material.named(other):
        return None
    text = f"{HERE}{{{other}:{found[2]}{found[3]}}}"
    return Seed(changes=(Change(found.start(), found.end(), text),))


def _mangled(page: Page, form: str) -> Seed | None:
    found = page.choose(list(_MENTION.finditer(page.text, page.body)))
    if found is None:
        return None
    text = form.format(kind=found[1], code=found[2], rest=found[3])
    change = Change(found.start(), found.end(), HERE + text)
    return Seed(changes=(change,), suggests=found[0], restores=True, uses=list_of(page, found[1]))


@mutation("references/malformed")
def a_space_in_a_reference_in_the_text(page: Page) -> Seed | None:
    """``{vereiste: avg-13}``: it stays as it is on the page."""
    return _mangled(page, "{{{kind}: {code}{rest}}}")


@mutation("references/malformed")
def capitals_in_a_reference_in_the_text(page: Page) -> Seed | None:
    """``{Vereiste:avg-13}``: it stays as it is on the page."""
    found = page.choose(list(_MENTION.finditer(page.text, page.body)))
    if found is None:
        return None
    change = Change(found.start(), found.end(), f"{HERE}{{{found[1].capitalize()}:{found[2]}{found[3]}}}")
    return Seed(changes=(change,), suggests=found[0], restores=True, uses=list_of(page, found[1]))


@mutation("references/malformed")
def round_brackets_around_a_reference_in_the_text(page: Page) -> Seed | None:
    """``(vereiste:avg-13)``."""
    return _mangled(page, "({kind}:{code}{rest})")


@mutation("references/malformed")
def a_reference_in_the_text_that_is_not_closed(page: Page) -> Seed | None:
    """``{vereiste:avg-13``."""
    return _mangled(page, "{{{kind}:{code}{rest}")


@mutation("references/malformed")
def double_braces_around_a_reference_in_the_text(page: Page) -> Seed | None:
    """``{{vereiste:avg-13}}``."""
    return _mangled(page, "{{{{{kind}:{code}{rest}}}}}")


@mutation(UNKNOWN)
def a_target_thrown_away(page: Page) -> Seed | None:
    """The file of an entry that one other refers to was deleted."""
    material = page.material
    entry = material.framework.entries_by_path[page.path][0]
    incoming = material.framework.incoming(entry)
    if not page.is_document or len(incoming) != 1 or incoming[0].origin is entry or incoming[0].spec.vocabulary:
        return None
    name = page.path.rpartition("/")[2].encode()
    if any(name in data for path, data in material.files.items() if path.endswith((".md", ".yml"))):
        return None
    where = incoming[0].location
    also: tuple[Also, ...] = (
        (Also(rule="ids/vanished", path=material.schemas.settings.ledger, about=entry.id),)
        if entry.id in material.released
        else ()
    )
    also += tuple(
        Also(rule="derived/stale", path=each.file, many=True) for each in material.schemas.settings.demands.derived
    )
    return Seed(
        files={page.path: None},
        place=(where.source.path, where.begin.line, where.begin.column),
        uses=frozenset({where.source.path}),
        also=(*also, *LACKING),
        breaks="file",
    )


def _directive(page: Page) -> re.Match[str] | None:
    return page.choose(list(_DIRECTIVE.finditer(page.text, page.body)))


@mutation(DIRECTIVE)
def a_misspelt_directive(page: Page) -> Seed | None:
    """``list_maatregel`` for ``list_maatregelen``."""
    found = _directive(page)
    if found is None:
        return None
    change = Change(found.start(1), found.end(1), HERE + found[1][:-1])
    return Seed(changes=(change,), suggests=found[1], restores=True)


@mutation(DIRECTIVE)
def a_misspelt_field_in_a_directive(page: Page) -> Seed | None:
    """``vereist/avg-13-…`` for ``vereiste/avg-13-…``."""
    found = _directive(page)
    if found is None:
        return None
    change = Change(found.start(2), found.end(2), HERE + found[2][:-1])
    return Seed(changes=(change,), suggests=found[2], restores=True)


@mutation(DIRECTIVE)
def another_page_in_a_directive(page: Page) -> Seed | None:
    """The list of a copied page still chooses by the other page."""
    found = _directive(page)
    needed = {each.name for each in page.kind.directives}
    if found is None or found[1] not in needed or found[3] != page.stem:
        return None
    other = page.choose(page.material.framework.index.of_kind(page.kind.name), lambda each: each.path != page.path)
    if other is None:
        return None
    change = Change(found.start(3), found.end(3), HERE + other.stem)
    return Seed(changes=(change,), suggests=found[3], restores=True)


@mutation(DIRECTIVE)
def a_misspelt_page_in_a_directive(page: Page) -> Seed | None:
    """A letter missing in the name of the page."""
    found = _directive(page)
    if found is None:
        return None
    change = Change(found.start(3), found.end(3), HERE + found[3][:4] + found[3][5:])
    return Seed(changes=(change,), suggests=found[3], restores=True)


@mutation(DIRECTIVE)
def a_misspelt_word_in_a_directive(page: Page) -> Seed | None:
    """``no-serch`` for ``no-search``."""
    found = page.choose(list(re.finditer(r"<!-- list_[^>]* (no-search)\b[^>]*-->", page.text[page.body :])))
    if found is None:
        return None
    start = page.body + found.start(1)
    return Seed(changes=(Change(start, start + 9, f"{HERE}no-serch"),), suggests="no-search", restores=True)


@mutation(DIRECTIVE)
def a_directive_left_out(page: Page) -> Seed | None:
    """``<!-- tags -->`` was taken away."""
    found = re.compile(r"<!-- tags -->\n").search(page.text, page.body)
    field = page.field(page.kind.identity.field)
    if found is None or field is None or "tags" not in {each.name for each in page.kind.directives}:
        return None
    return Seed(changes=(Change(field.value.start, field.value.start, HERE), Change(found.start(), found.end(), "")))


def _menu(page: Page, old: str, new: str, *, suggested: bool) -> Seed | None:
    """Change a line of the menu; any page will do."""
    if not page.material.schemas.settings.navigation:
        return None
    path = page.material.schemas.settings.navigation[0].file
    text = page.material.files[path].decode()
    lines = list(re.finditer(r"^ +- (?:[^:\n]+: )?([\w/-]+\.md)$", text, re.MULTILINE))
    menu = text.index("\nnav:") + 1
    after = re.compile(r"^\w", re.MULTILINE).search(text, menu + 1)
    end = after.start() if after else len(text)
    found = page.choose(lines, lambda each: menu < each.start() < end and re.search(old, each[1]))
    if found is None:
        return None
    written = re.sub(old, new, found[1], count=1)
    line, column = text.count("\n", 0, found.start(1)) + 1, found.start(1) - text.rfind("\n", 0, found.start(1))
    data = f"{text[: found.start(1)]}{written}{text[found.end(1) :]}".encode()
    return Seed(files={path: data}, place=(path, line, column), suggests=found[1] if suggested else "")


@mutation(NAVIGATION)
def a_misspelt_page_in_the_menu(page: Page) -> Seed | None:
    """A letter missing in a path of the menu."""
    return _menu(page, r"(?<=\w\w\w)\w(?=\w\w\w[\w-]*\.md)", "", suggested=True)


@mutation(NAVIGATION)
def another_folder_in_the_menu(page: Page) -> Seed | None:
    """A path of the menu without its folder."""
    return _menu(page, r"^.*/(?!index)", "", suggested=True)


@mutation(NAVIGATION)
def a_page_that_is_not_there_in_the_menu(page: Page) -> Seed | None:
    """A path of the menu that leads nowhere."""
    return _menu(page, r".*", "xylofoon.md", suggested=False)
