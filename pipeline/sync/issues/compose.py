"""From what was found to what an issue says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.reports.markdown import code, plain
from pipeline.reports.words import counted, tally
from pipeline.sync.issues.draft import Draft, Item
from pipeline.sync.issues.items import items
from pipeline.sync.issues.marker import WAITING
from pipeline.sync.issues.subjects import digest_of
from pipeline.sync.issues.wording import in_title
from pipeline.sync.read_labels import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.sync.issues.scene import Scene
    from pipeline.sync.issues.subjects import Subject
    from pipeline.sync.labels import Label

ENTRY: Final = Text(nl="onderdeel", en="entry")
ENTRIES: Final = Text(nl="onderdelen", en="entries")
FILE: Final = Text(nl="Bestand", en="File")
_TODO: Final = Text(nl="### Wat is er te doen?", en="### What is there to do?")
_TITLE: Final = Text(nl="Titel", en="Title")
_EDIT: Final = Text(nl="bewerk het hier", en="edit it here")
_TAIL: Final = Text(
    nl="""---

**Zo werkt dit issue.** Je mag taken afvinken, en onder deze tekst schrijven wat je wilt: dat blijft staan. Wat \
hierboven staat, werkt het programma zelf bij. Staat de oplossing op de hoofdbranch, dan sluit het issue vanzelf. \
Hoeft een bevinding niet te worden opgelost? Sluit het issue dan als *not planned*. Het blijft dicht zolang er niets \
anders wordt gevonden. Meer uitleg over een controleregel geeft `kader rules NAAM`.""",
    en="""---

**How this issue works.** You may tick tasks, and write what you like below this text: that stays. What stands above \
is kept up to date by the program. Once the solution is on the main branch, the issue closes by itself. Need a finding \
not be mended? Then close the issue as *not planned*. It stays closed as long as nothing else is found. \
`kader rules NAME` tells more about a rule.""",
)
_WAITING_TITLE: Final = Text(
    nl="Wachtlijst: hierin is iets gevonden, maar er is nog geen issue",
    en="Waiting list: something was found here, but there is no issue yet",
)
_WAITING_TAIL: Final = Text(
    nl="Elke keer dat het programma draait, krijgt een deel hiervan een issue: het ergste eerst. Wacht er niets meer, "
    "dan sluit dit issue vanzelf. Wil je deze lijst niet? Sluit het issue dan als *not planned*.",
    en="Each time that the program runs, some of these get an issue: the worst first. When nothing waits any more, "
    "this issue closes by itself. Do you not want this list? Then close the issue as *not planned*.",
)


def drafts(found: Sequence[Subject], scene: Scene) -> tuple[Draft, ...]:
    """Write an issue for each subject."""
    bare = scene._replace(places=scene.places._replace(plain=True))
    return tuple(_draft(subject, scene, bare) for subject in found)


def waiting(left: Sequence[Draft], scene: Scene) -> Draft:
    """Write the issue that says what waits."""
    number = counted(len(left), ENTRY, ENTRIES, scene.language)
    verb = ("wacht" if len(left) == 1 else "wachten") if scene.language == "nl" else "wait"
    text = Text(nl=f"Er {verb} **{number}** op een issue.", en=f"**{number}** wait for an issue.")
    lines = tuple(Item(f"- {code(draft.name)}: {draft.tally}") for draft in left)
    head, tail, title = scene.say(text), scene.say(_WAITING_TAIL), scene.say(_WAITING_TITLE)
    return Draft(
        topic=WAITING,
        title=title,
        head=head,
        items=lines,
        tail=tail,
        labels=(scene.labels.fixed[FINDINGS],),
        name=scene.say(Text(nl="wachtlijst", en="waiting list")),
        tally=number,
        content=digest_of([title, head, *(item.text for item in lines), tail]),
        findings=WAITING.sort.value,
        commit=scene.places.commit,
        language=scene.language,
    )


def _draft(subject: Subject, scene: Scene, bare: Scene) -> Draft:
    title, said = in_title(_title(subject, scene)), _said(subject, bare)
    return Draft(
        topic=subject.topic,
        title=title,
        head=_head(subject, scene),
        items=tuple(items(subject, scene)),
        tail=scene.say(_TAIL),
        labels=_labels(subject, scene),
        name=_name(subject, scene),
        tally=tally(subject.findings, scene.language),
        content=digest_of([title, *said]),
        findings=subject.digest,
        path=subject.path,
        commit=scene.places.commit,
        language=scene.language,
    )


def _said(subject: Subject, bare: Scene) -> Iterator[str]:
    """Give what an issue says, wherever the lines stand now."""
    yield _head(subject, bare)
    yield from (item.text for item in items(subject, bare))
    yield bare.say(_TAIL)


def _labels(subject: Subject, scene: Scene) -> tuple[Label, ...]:
    labels, entry = scene.labels, subject.entry
    of_entry = labels.of_entry(scene.framework, entry) if entry else ()
    return (labels.fixed[FINDINGS], *labels.of_severity(subject.findings), *of_entry)


def _name(subject: Subject, scene: Scene) -> str:
    """Say what it is about, in a few words."""
    entry = subject.entry
    return f"{scene.say(entry.kind.noun)} {entry.code}" if entry else f"{scene.say(FILE.lowered())} {subject.path}"


def _title(subject: Subject, scene: Scene) -> str:
    entry = subject.entry
    name = _name(subject, scene)
    name = f"{name[:1].upper()}{name[1:]}"
    return f"{name}: {entry.title}" if entry and entry.title != entry.code else name


def _head(subject: Subject, scene: Scene) -> str:
    number, entry, places = tally(subject.findings, scene.language), subject.entry, scene.places
    about, facts = Text(nl="dit bestand", en="this file"), []
    if entry is not None:
        noun = entry.kind.noun
        about = Text(nl=f"dit onderdeel ({plain(noun.nl)})", en=f"this {plain(noun.en)}")
        facts = [f"- {scene.say(_TITLE)}: {code(entry.title)}", f"- Id: {code(entry.id)}"]
    verb = "is" if len(subject.findings) == 1 else "zijn"
    first = Text(nl=f"In {about.nl} {verb} **{number}** gevonden.", en=f"**{number}** found in {about.en}.")
    editor = places.editor(subject.path, scene.say(_EDIT))
    facts.append(f"- {scene.say(FILE)}: {places.file(subject.path)} ({editor})")
    return "\n\n".join([scene.say(first), "\n".join(facts), scene.say(_TODO)])
