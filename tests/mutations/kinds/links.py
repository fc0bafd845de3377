"""Mistakes in the links and images of a text."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.mutations.seed import HERE, Also, Change, Seed, mutation
from tests.mutations.words import TYPOS, is_meant

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model.framework import Entry
    from tests.mutations.page import Page
    from tests.mutations.words import Typo

BROKEN = "links/broken"
ANCHOR = "links/broken-anchor"
PICTURE = "links/missing-image"
ABSOLUTE = "links/absolute-path"
OWN = "links/own-site"
MALFORMED = "links/malformed-url"
EMPTY = "links/empty-target"
UNSAFE = "links/unsafe-scheme"
VAGUE = "links/vague-text"
ALT = "links/missing-alt"
LAW = "links/law-url"
LABEL = "links/label-mismatch"

_SOURCES: Final = frozenset({"content/bronnen.yaml"})
_SITE: Final = "https://www.voorbeeld.nl/regels/algoritmes"


def _linked(
    page: Page, target: str, *, suggests: str = "", mended: str = "", uses: str | tuple[str, ...] = (), text: str = "{}"
) -> Seed | None:
    """Make a link of some words of the text; `HERE` in ``target`` is where the finding begins.

    ``mended`` is the target as the fix must write it, ``text`` what the link says.
    """
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    words = text.format(phrase.text)
    return Seed(
        changes=(Change(phrase.start, phrase.end, f"[{words}]({target})"),),
        suggests=suggests,
        mended=f"[{words}]({mended})" if mended else None,
        uses=frozenset({uses} if isinstance(uses, str) else uses),
    )


def _other(page: Page, test: Callable[[Entry], object] = lambda _: True) -> Entry | None:
    """Give another page of the text, with a name of some length."""
    entries = page.material.framework.entries
    return page.choose(
        entries,
        lambda each: (
            each.kind.files.layout == "document"
            and each.path != page.path
            and each.stem not in {"index", "README"}
            and not each.path.startswith(("templates/", "docs/html/"))
            and test(each)
        ),
    )


def _names(page: Page) -> list[str]:
    return [posixpath.basename(path).removesuffix(".md") for path in page.material.files if path.endswith(".md")]


def _misspelt_path(name: str, typo: Typo) -> None:
    @mutation(BROKEN, f"{name} in the path of a link", "A typing error in the name of a file.")
    def make(page: Page) -> Seed | None:
        other = _other(page, lambda each: len(each.stem) > 5)
        if other is None:
            return None
        written = typo(other.stem, page.random)
        names = _names(page)
        if not is_meant(written, other.stem, names) or names.count(other.stem) > 1:
            return None
        right = page.to(other.path)
        target = right.replace(f"{other.stem}.md", f"{written}.md")
        return _linked(page, HERE + target, suggests=right, mended=right, uses=other.path)


for _name, _typo in TYPOS.items():
    _misspelt_path(_name, _typo)


def _lost(page: Page, change: Callable[[str], str]) -> Seed | None:
    """Link to another page by a path that is not right."""
    other = _other(page)
    if other is None or _names(page).count(other.stem) > 1:
        return None
    right = page.to(other.path)
    written = change(right)
    if written == right:
        return None
    here = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), written))
    if here in page.material.files or f"{here}.md" in page.material.files:
        return None
    return _linked(page, HERE + written, suggests=right, mended=right, uses=other.path)


@mutation(BROKEN)
def a_link_with_a_step_too_few(page: Page) -> Seed | None:
    """``vereisten/…`` for ``../vereisten/…``."""
    return _lost(page, lambda path: path.removeprefix("../"))


@mutation(BROKEN)
def a_link_with_a_step_too_many(page: Page) -> Seed | None:
    """``../../vereisten/…`` for ``../vereisten/…``."""
    return _lost(page, lambda path: f"../{path}")


@mutation(BROKEN)
def a_link_to_another_folder(page: Page) -> Seed | None:
    """``../vereiste/…`` for ``../vereisten/…``."""
    return _lost(page, lambda path: re.sub(r"(?<=\w)\w(/[^/]*)$", r"\1", path))


@mutation(BROKEN)
def a_link_to_the_old_name_of_a_page(page: Page) -> Seed | None:
    """A page got a longer name; the link kept the old one."""
    names = _names(page)

    def shorter(path: str) -> str:
        written = re.sub(r"-\w{4,}\.md$", ".md", path)
        stem = posixpath.basename(written).removesuffix(".md")
        return written if sum(name.startswith(f"{stem}-") for name in names) == 1 else path

    return _lost(page, shorter)


@mutation(BROKEN)
def a_link_in_capitals(page: Page) -> Seed | None:
    """``Algoritmeregister.md`` for ``algoritmeregister.md``."""
    other = _other(page, lambda each: each.stem[0].isalpha() and each.stem.lower() == each.stem)
    if other is None or _names(page).count(other.stem) > 1:
        return None
    right = page.to(other.path)
    written = right.replace(f"{other.stem}.md", f"{other.stem.capitalize()}.md")
    return _linked(page, HERE + written, suggests=right, mended=right, uses=other.path)


@mutation(BROKEN)
def a_link_with_another_ending(page: Page) -> Seed | None:
    """``….mdd`` for ``….md``."""
    return _lost(page, lambda path: f"{path}d")


@mutation(BROKEN)
def a_link_to_a_page_that_never_was(page: Page) -> Seed | None:
    """A path that leads nowhere."""
    return _linked(page, f"{HERE}../xylofoon/zzzzzzzz.md")


@mutation(BROKEN)
def a_page_renamed_that_others_link_to(page: Page) -> Seed | None:
    """The file of a page got another name, the link to it did not."""
    material, name = page.material, posixpath.basename(page.path)
    entries = material.framework.entries_by_path.get(page.path, ())
    if len(entries) != 1 or material.framework.incoming(entries[0]) or entries[0].kind.files.name != "{slug}":
        return None
    if material.texts.count(name.encode()) > 3:
        return None
    read = [path for path in material.files if path.endswith((".md", ".html"))]
    holders = [path for path in read if name.encode() in material.files[path]]
    origin = material.page(holders[0], page) if len(holders) == 1 else None
    links = [each for each in origin.links if posixpath.basename(each.target.text) == name] if origin else []
    if origin is None or origin.path == page.path or len(links) != 1 or name == "index.md":
        return None
    new, where = page.path.removesuffix(".md") + "-nieuw.md", links[0].target
    line, column = origin.text.count("\n", 0, where.start) + 1, where.start - origin.line_of(where.start) + 1
    menus = [each.file for each in material.schemas.settings.navigation if name.encode() in material.files[each.file]]
    return Seed(
        files={page.path: None, new: page.text.encode()},
        place=(origin.path, line, column),
        suggests=origin.to(new),
        uses=frozenset({origin.path}),
        also=tuple(Also(rule="references/navigation", path=path) for path in menus),
        breaks="file",
    )


def _headed(page: Page) -> tuple[str, str] | None:
    """Give another page and the anchor of a heading of plain words."""
    other = _other(page)
    if other is None:
        return None
    text = other.document.source.text
    words = re.findall(r"^##+ ([A-Za-z][a-z]+(?: [a-z]+){1,4})$", text, re.MULTILINE)
    heading = page.choose([each for each in words if len(each) > 8])
    return (other.path, heading.lower().replace(" ", "-")) if heading else None


def _misspelt_anchor(name: str, typo: Typo) -> None:
    @mutation(ANCHOR, f"{name} in an anchor", "A typing error after ``#``.")
    def make(page: Page) -> Seed | None:
        found = _headed(page)
        if found is None:
            return None
        path, anchor = found
        written = typo(anchor, page.random)
        document = page.material.framework.documents_by_path[path]
        known = document.body.anchors | {each.slug for each in document.body.headings} if document.body else ()
        if not is_meant(written, anchor, known):
            return None
        right = page.to(path)
        return _linked(page, f"{HERE}{right}#{written}", suggests=f"#{anchor}", mended=f"{right}#{anchor}", uses=path)


for _name, _typo in TYPOS.items():
    _misspelt_anchor(_name, _typo)


@mutation(ANCHOR)
def an_anchor_in_capitals(page: Page) -> Seed | None:
    """``#In-de-praktijk`` for ``#in-de-praktijk``."""
    found = _headed(page)
    if found is None:
        return None
    path, anchor = found
    right = page.to(path)
    written = f"{HERE}{right}#{anchor.capitalize()}"
    return _linked(page, written, suggests=f"#{anchor}", mended=f"{right}#{anchor}", uses=path)


@mutation(ANCHOR)
def an_anchor_with_underscores(page: Page) -> Seed | None:
    """``#in_de_praktijk`` for ``#in-de-praktijk``."""
    found = _headed(page)
    if found is None:
        return None
    path, anchor = found
    right = page.to(path)
    written = f"{HERE}{right}#{anchor.replace('-', '_')}"
    return _linked(page, written, suggests=f"#{anchor}", mended=f"{right}#{anchor}", uses=path)


@mutation(ANCHOR)
def an_anchor_on_the_same_page(page: Page) -> Seed | None:
    """A letter missing in an anchor on this page."""
    heading = page.choose(page.headings, lambda each: re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+)*", each.text))
    if heading is None or len(heading.text) < 6:
        return None
    anchor = heading.text.lower().replace(" ", "-")
    written = anchor[:2] + anchor[3:]
    if not is_meant(written, anchor, [each.text.lower().replace(" ", "-") for each in page.headings]):
        return None
    return _linked(page, f"{HERE}#{written}", suggests=f"#{anchor}", mended=f"#{anchor}")


@mutation(ANCHOR)
def a_heading_reworded_that_others_link_to(page: Page) -> Seed | None:
    """A heading got other words, the link to it did not."""
    for link in page.random.sample(page.links, len(page.links)):
        path, _, anchor = link.target.text.partition("#")
        if path or not anchor:
            continue
        heading = next((each for each in page.headings if each.text.lower().replace(" ", "-") == anchor), None)
        others = [each for each in page.links if each.target.text == f"#{anchor}"]
        if (
            heading is not None
            and len(anchor) > 7
            and len(others) == 1
            and f"#{anchor}" not in page.text.replace(link.target.text, "", 1)
        ):
            changes = (
                Change(link.target.start, link.target.start, HERE),
                Change(heading.start, heading.end, f"{heading.text} in het kort"),
            )
            return Seed(changes=changes, suggests=f"#{anchor}-in-het-kort")
    return None


def _picture(page: Page) -> str | None:
    pictures = [each for each in page.material.files if each.endswith((".png", ".svg", ".jpg"))]
    return page.choose(pictures, lambda each: len(posixpath.basename(each)) > 9)


def _shown(page: Page, target: str, alt: str = "De stappen van het onderzoek", **more: str) -> Seed | None:
    """Put an image below a paragraph."""
    paragraph = page.choose(page.paragraphs, lambda each: page.text[each.end : each.end + 2] == "\n\n")
    if paragraph is None:
        return None
    before, mark, rest = target.partition(HERE)
    text = f"\n![{alt}]({target})\n" if mark else f"\n{HERE}![{alt}]({target})\n"
    mended = f"\n![{alt}]({more['mended']})\n" if "mended" in more else None
    place = paragraph.end + 1
    del before, rest
    return Seed(changes=(Change(place, place, text),), suggests=more.get("suggests", ""), mended=mended)


@mutation(PICTURE)
def an_image_that_is_not_there(page: Page) -> Seed | None:
    """The file was never added."""
    return _shown(page, f"{HERE}xylofoon/zzzzzzzz.png")


@mutation(PICTURE)
def a_misspelt_image(page: Page) -> Seed | None:
    """A letter missing in the name of an image."""
    path = _picture(page)
    if path is None:
        return None
    right = page.to(path)
    stem, ending = posixpath.splitext(posixpath.basename(right))
    written = stem[:3] + stem[4:]
    names = [posixpath.basename(each).rpartition(".")[0] for each in page.material.files if each.endswith(ending)]
    if not is_meant(written, stem, names) or names.count(stem) > 1:
        return None
    target = posixpath.join(posixpath.dirname(right), written + ending)
    return _shown(page, HERE + target, suggests=right, mended=right)


@mutation(PICTURE)
def an_image_in_capitals(page: Page) -> Seed | None:
    """``….PNG`` for ``….png``."""
    path = _picture(page)
    if path is None:
        return None
    right = page.to(path)
    target = right[:-4] + right[-4:].upper()
    seed = _shown(page, HERE + target, suggests=right, mended=right)
    return replace(seed, uses=frozenset({path[:-4] + path[-4:].upper()})) if seed else None


@mutation(ALT)
def an_image_without_a_description(page: Page) -> Seed | None:
    """``![](…)``."""
    path = _picture(page)
    return _shown(page, page.to(path), alt="") if path else None


@mutation(ALT)
def an_image_described_as_an_image(page: Page) -> Seed | None:
    """``![afbeelding](…)``."""
    path = _picture(page)
    return _shown(page, page.to(path), alt="afbeelding") if path else None


@mutation(ALT)
def an_image_described_by_its_file(page: Page) -> Seed | None:
    """``![schema-v2.png](…)``."""
    path = _picture(page)
    return _shown(page, page.to(path), alt=posixpath.basename(path)) if path else None


@mutation(ABSOLUTE)
def a_path_from_the_top_of_the_repository(page: Page) -> Seed | None:
    """``/content/vereisten/….md``."""
    other = _other(page)
    if other is None:
        return None
    right = page.to(other.path)
    return _linked(page, f"{HERE}/{other.path}", suggests=right, mended=right, uses=other.path)


@mutation(ABSOLUTE)
def a_path_from_the_top_of_the_site(page: Page) -> Seed | None:
    """``/vereisten/…/``."""
    other = _other(page)
    site = page.material.schemas.settings.site
    if other is None or not other.path.startswith(f"{site.root}/"):
        return None
    right = page.to(other.path)
    path = other.path.removeprefix(site.root).removesuffix(".md")
    return _linked(page, f"{HERE}{path}/", suggests=right, mended=right, uses=other.path)


@mutation(ABSOLUTE)
def a_path_of_a_computer(page: Page) -> Seed | None:
    """``C:/Users/…``."""
    return _linked(page, f"{HERE}C:/Users/naam/Documenten/nota.docx")


@mutation(ABSOLUTE)
def a_path_of_a_file_on_a_computer(page: Page) -> Seed | None:
    """``file:///C:/…``."""
    return _linked(page, f"{HERE}file:///C:/Documenten/nota.docx")


@mutation(OWN)
def the_address_of_a_page_of_our_own(page: Page) -> Seed | None:
    """The full address of the published page."""
    other = _other(page)
    site = page.material.schemas.settings.site
    if other is None or not other.path.startswith(f"{site.root}/"):
        return None
    right = page.to(other.path)
    address = site.url + other.path.removeprefix(f"{site.root}/").removesuffix(".md") + "/"
    return _linked(page, HERE + address, suggests=right, mended=right, uses=other.path)


@mutation(OWN)
def the_address_of_a_file_in_our_repository(page: Page) -> Seed | None:
    """``https://github.com/…/blob/main/….md``."""
    other = _other(page)
    site = page.material.schemas.settings.site
    if other is None or not other.path.startswith(f"{site.root}/"):
        return None
    right = page.to(other.path)
    return _linked(
        page, f"{HERE}{site.repository}/blob/main/{other.path}", suggests=right, mended=right, uses=other.path
    )


@mutation(OWN)
def the_address_of_a_page_of_our_own_that_is_gone(page: Page) -> Seed | None:
    """An address of our own site that leads nowhere."""
    return _linked(page, f"{HERE}{page.material.schemas.settings.site.url}xylofoon/zzzzzzzz/")


def _malformed(name: str, written: str, right: str, words: str) -> None:
    @mutation(MALFORMED, name, words)
    def make(page: Page) -> Seed | None:
        return _linked(page, HERE + written, suggests=right, mended=right)


for _name, _written, _right, _words in (
    ("an address without a colon", _SITE.replace("://", "//"), _SITE, "``https//``"),
    ("an address of the web without a colon", "http//www.voorbeeld.nl", "http://www.voorbeeld.nl", "``http//``"),
    ("an address with one slash", _SITE.replace("://", ":/"), _SITE, "``https:/``"),
    ("an address with a letter missing", _SITE.replace("https", "htps"), _SITE, "``htps://``"),
    ("an address with a letter too many", _SITE.replace("https", "htttps"), _SITE, "``htttps://``"),
    ("an address with a semicolon", _SITE.replace(":", ";"), _SITE, "``https;//``"),
    ("an address that begins twice", f"https://{_SITE}", _SITE, "``https://https://``"),
    ("an address that begins twice, in two ways", f"http://{_SITE}", _SITE, "``http://https://``"),
    ("an address that begins with www", "www.voorbeeld.nl/regels", "https://www.voorbeeld.nl/regels", "``www.…``"),
    ("an address without https", "voorbeeld.nl/regels", "https://voorbeeld.nl/regels", "``voorbeeld.nl/…``"),
    (
        "an address without slashes",
        "https:www.voorbeeld.nl/regels",
        "https://www.voorbeeld.nl/regels",
        "``https:www.…``",
    ),
    ("an address with a full stop", f"{_SITE}.", _SITE, "A full stop came along."),
    ("an address with a comma", f"{_SITE},", _SITE, "A comma came along."),
):
    _malformed(f"{_name} in a link", _written, _right, _words)


@mutation(MALFORMED)
def a_space_in_an_address(page: Page) -> Seed | None:
    """``https://www.voorbeeld.nl/mijn pagina``."""
    return _linked(page, f"{HERE}{_SITE}/mijn pagina")


@mutation(MALFORMED)
def an_address_that_is_not_closed(page: Page) -> Seed | None:
    """``[tekst](https://…`` without ``)``."""
    phrase = page.choose(page.phrases, lambda each: page.text[each.end] == " ")
    if phrase is None:
        return None
    return Seed(changes=(Change(phrase.start, phrase.end, f"[{phrase.text}]({HERE}{_SITE}"),))


@mutation(MALFORMED)
def an_address_between_too_many_brackets(page: Page) -> Seed | None:
    """An address between ``<`` and ``>`` with a bracket that has no mate."""
    return _linked(page, f"<{HERE}{_SITE}(1>")


@mutation(MALFORMED)
def a_mail_address_without_mailto(page: Page) -> Seed | None:
    """``[tekst](naam@voorbeeld.nl)``."""
    right = "mailto:naam@voorbeeld.nl"
    return _linked(page, f"{HERE}naam@voorbeeld.nl", suggests=right, mended=right)


@mutation(EMPTY)
def a_link_without_an_address(page: Page) -> Seed | None:
    """``[tekst]()``."""
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    return Seed(changes=(Change(phrase.start, phrase.end, f"{HERE}[{phrase.text}]()"),))


@mutation(EMPTY)
def a_link_with_a_space_for_an_address(page: Page) -> Seed | None:
    """``[tekst]( )``."""
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    return Seed(changes=(Change(phrase.start, phrase.end, f"{HERE}[{phrase.text}]( )"),))


@mutation(EMPTY)
def a_link_to_a_number_sign(page: Page) -> Seed | None:
    """``[tekst](#)``: an address that was to be filled in later."""
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    return Seed(changes=(Change(phrase.start, phrase.end, f"{HERE}[{phrase.text}](#)"),))


@mutation(UNSAFE)
def a_link_that_runs_a_program(page: Page) -> Seed | None:
    """``javascript:``."""
    return _linked(page, f"{HERE}javascript:alert(1)")


@mutation(UNSAFE)
def a_link_that_runs_a_program_in_disguise(page: Page) -> Seed | None:
    """``JavaScript:`` with capitals."""
    return _linked(page, f"{HERE}JavaScript:void(0)")


@mutation(UNSAFE)
def a_link_that_holds_a_page(page: Page) -> Seed | None:
    """``data:text/html``."""
    return _linked(page, f"{HERE}data:text/html,tekst")


def _vague(name: str, text: str) -> None:
    @mutation(VAGUE, name, f"``[{text}](https://…)``.")
    def make(page: Page) -> Seed | None:
        phrase = page.choose(page.phrases)
        if phrase is None:
            return None
        return Seed(changes=(Change(phrase.start, phrase.end, f"{HERE}[{text}]({_SITE})"),))


for _name, _text in (
    ("a link called here", "hier"),
    ("a link called click here", "klik hier"),
    ("a link called read more", "Lees meer"),
    ("a link called this page", "deze pagina"),
    ("a link called via this link", "via deze link"),
    ("a link without a text", ""),
    ("a link called after its address", _SITE),
):
    _vague(_name, _text)


@mutation(VAGUE)
def an_address_in_the_text(page: Page) -> Seed | None:
    """``https://www.voorbeeld.nl`` as it is."""
    phrase = page.choose(page.phrases)
    return Seed(changes=(Change(phrase.start, phrase.end, HERE + _SITE),)) if phrase else None


@mutation(VAGUE)
def an_address_between_angle_brackets(page: Page) -> Seed | None:
    """``<https://www.voorbeeld.nl>``."""
    phrase = page.choose(page.phrases)
    return Seed(changes=(Change(phrase.start, phrase.end, f"{HERE}<{_SITE}>"),)) if phrase else None


def _law(name: str, address: str, reference: str) -> None:
    @mutation(LAW, name, address)
    def make(page: Page) -> Seed | None:
        phrase = page.choose(page.phrases)
        if phrase is None:
            return None
        change = Change(phrase.start, phrase.end, f"{HERE}[{phrase.text}]({address})")
        return Seed(changes=(change,), suggests=reference, uses=_SOURCES)


for _name, _address, _reference in (
    ("a law by its CELEX number", "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679", "{bron:avg}"),
    (
        "an article of EUR-Lex",
        "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32024R1689#art_26",
        "{bron:aia:26}",
    ),
    ("a law by its ELI", "https://eur-lex.europa.eu/eli/reg/2016/679/oj", "{bron:avg}"),
    ("a law of wetten.nl", "https://wetten.overheid.nl/BWBR0005537/2024-01-01", "{bron:awb}"),
    ("an article of wetten.nl", "https://wetten.overheid.nl/BWBR0005537#Artikel3:2", "{bron:awb:3:2}"),
):
    _law(_name, _address, _reference)


@mutation(LAW)
def the_bare_address_of_a_law(page: Page) -> Seed | None:
    """The address of an article as it is."""
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    address = "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679#art_35"
    return Seed(changes=(Change(phrase.start, phrase.end, HERE + address),), suggests="{bron:avg:35}", uses=_SOURCES)


@mutation(LABEL)
def a_link_that_names_another_code(page: Page) -> Seed | None:
    """``[avg-13](avg-12-….md)``: half of a copied line was changed."""
    one = _other(page, lambda each: re.fullmatch(r"[a-z]{3}-\d\d", each.code) and each.code in each.stem)
    two = _other(
        page,
        lambda each: one and each.kind is one.kind and each is not one and re.fullmatch(r"[a-z]{3}-\d\d", each.code),
    )
    if one is None or two is None:
        return None
    right = page.to(one.path)
    return _linked(
        page,
        HERE + page.to(two.path),
        text=f"{{}} van {one.code}",
        suggests=right,
        mended=right,
        uses=(one.path, two.path),
    )


@mutation(LABEL)
def a_link_that_names_another_article(page: Page) -> Seed | None:
    """``[artikel 14](…#artikel-15)``."""
    return _linked(page, f"{HERE}{_SITE}#artikel-15", text="{} in artikel 14")
