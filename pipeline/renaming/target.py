"""What is renamed, and to what: from the two names that a user gives."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import UserError
from pipeline.rules.ids.codes import code_in_stem, is_well_formed
from pipeline.rules.references.suggestions import unknown_entry
from pipeline.rules.rule import listed
from pipeline.text import stem_of

if TYPE_CHECKING:
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """An entry with the code and the path that it will have."""

    entry: Entry
    code: str
    path: str

    @property
    def id(self) -> str:
        """The id that it will have."""
        return self.entry.kind.identity.id_of(self.code) if self.code != self.entry.code else self.entry.id

    @property
    def stem(self) -> str:
        """The name that its file will have, without folder and ending."""
        return stem_of(self.path)

    @property
    def moves(self) -> bool:
        """Whether its file gets another path."""
        return self.path != self.entry.path

    @property
    def recodes(self) -> bool:
        """Whether it gets another code, and so another id."""
        return self.code != self.entry.code

    @property
    def leaves_folder(self) -> bool:
        """Whether its file goes to another folder."""
        return posixpath.dirname(self.path) != posixpath.dirname(self.entry.path)


def renaming(framework: Framework, old: str, new: str) -> Renaming:
    """Read the two names: each an id, a code, the name of a file or its path."""
    entry, by_file = _named(framework, _plain(old))
    found = _given(entry, new.strip(), by_file=by_file)
    if not found.moves and not found.recodes:
        raise UserError(nl=f"“{old}” heet al zo.", en=f"“{old}” has that name already.")
    return found


def _plain(name: str) -> str:
    name = name.strip()
    return posixpath.normpath(name) if "/" in name else name


def _named(framework: Framework, name: str) -> tuple[Entry, bool]:
    """Give the one entry that a name is of, and whether it is the name of its file."""
    at_path = [each for each in framework.entries_by_path.get(name, ()) if _has_own_file(each.kind)]
    by_id = [each for each in framework.entries if each.id == name and each.kind.identity.template != "{code}"]
    by_code = [each for each in framework.entries if each.code == name]
    stem = name.removesuffix(".md")
    by_stem = [each for each in framework.entries if _has_own_file(each.kind) and each.stem == stem]
    found = at_path or by_id or list({id(each): each for each in (*by_code, *by_stem)}.values())
    if not found:
        raise unknown_entry(framework, name)
    if len(found) > 1:
        names = [each.path if _has_own_file(each.kind) else each.id for each in found]
        raise UserError(
            nl=f"“{name}” is niet duidelijk: het kan {listed(names, 'nl')} zijn. Noem het bestand of de id.",
            en=f"“{name}” is not clear: it may be {listed(names, 'en')}. Name the file or the id.",
        )
    return found[0], bool(at_path) or not (by_id or by_code)


def _has_own_file(kind: Kind) -> bool:
    return kind.files.layout == "document"


def _given(entry: Entry, new: str, *, by_file: bool) -> Renaming:
    """Read the new name as one of the forms that the kind knows."""
    kind = entry.kind
    identity, pattern = kind.identity, kind.files.name
    as_id = kind.id_pattern.fullmatch(new) if identity.template != "{code}" else None
    if identity.where == "field" and as_id:
        return _recoded(entry, as_id["code"])
    if _has_own_file(kind):
        folder = posixpath.dirname(entry.path)
        if identity.where == "path" and not new.endswith(".md"):
            return _placed(entry, posixpath.normpath(posixpath.join(kind.files.folder, f"{new}.md")))
        if new.endswith(".md") or "/" in new:
            return _placed(entry, posixpath.normpath(new if "/" in new else posixpath.join(folder, new)))
        is_code = identity.where == "field" and identity.code and kind.code_pattern.fullmatch(new) is not None
        named_apart = "{code}" not in pattern
        if (not is_code and kind.stem_pattern.fullmatch(new)) or (named_apart and by_file):
            return _placed(entry, posixpath.join(folder, f"{new}.md"))
    if identity.where == "field" and identity.code and kind.code_pattern.fullmatch(new):
        return _recoded(entry, new)
    raise _malformed(entry, new)


def _recoded(entry: Entry, code: str) -> Renaming:
    """Give an entry another code, in the name of its file too where that holds the code."""
    kind, stem = entry.kind, entry.stem
    if not is_well_formed(entry):
        raise _ill_formed(entry)
    path = entry.path
    if _has_own_file(kind) and "{code}" in kind.files.name:
        match = kind.stem_pattern.fullmatch(stem)
        held = code_in_stem(kind, stem)
        if match is None or held not in {entry.code, code}:
            raise UserError(
                nl=f"De naam van {path} past niet bij de code {entry.code}. Noem de nieuwe naam met het hele pad.",
                en=f"The name of {path} does not go with the code {entry.code}. Give the new name as a whole path.",
            )
        stem = stem[: match.start("code")] + code + stem[match.end("code") :]
        path = posixpath.join(posixpath.dirname(path), f"{stem}.md")
    return Renaming(entry=entry, code=code, path=path)


def _placed(entry: Entry, path: str) -> Renaming:
    """Give an entry's file another path, and the entry the code that the new name has in it."""
    kind, stem = entry.kind, stem_of(path)
    match = kind.stem_pattern.fullmatch(stem) if path.endswith(".md") else None
    if match is None or not kind.files.hold(path):
        raise _malformed(entry, path)
    code = entry.code
    if kind.identity.where == "stem":
        code = stem
    elif kind.identity.where == "path":
        folder = f"{kind.files.folder}/" if kind.files.folder else ""
        code = path.removeprefix(folder).removesuffix(".md")
    elif (held := match.groupdict().get("code")) and held != code_in_stem(kind, entry.stem):
        code = held
    if code != entry.code and not kind.code_pattern.fullmatch(code):
        raise _malformed(entry, path)
    if code != entry.code and kind.identity.where == "field" and not is_well_formed(entry):
        raise _ill_formed(entry)
    return Renaming(entry=entry, code=code, path=path)


def _ill_formed(entry: Entry) -> UserError:
    return UserError(
        nl=f"De id in {entry.path} klopt nog niet; `kader check` zegt wat eraan scheelt.",
        en=f"The id in {entry.path} is not right yet; `kader check` tells what is wrong.",
    )


def _malformed(entry: Entry, name: str) -> UserError:
    is_path = "/" in name or name.endswith(".md")
    like = entry.path if is_path else entry.code
    return UserError(
        nl=f"“{name}” is hier geen goede naam. Kies er een zoals {like}.",
        en=f"“{name}” is no proper name here. Choose one such as {like}.",
    )
