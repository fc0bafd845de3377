"""What ``kader propose`` writes on GitHub: one comment, and the text of a pull request.

What contributors wrote stands in code spans, and in a title only as letters, digits and a few signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.reports.layout import cut
from pipeline.reports.markdown import code, link, on_github
from pipeline.sync.proposals.standing import MARKER, PULL_MARKER
from pipeline.sync.proposals.telling import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.sync.proposals.answers import Problem
    from pipeline.sync.proposals.draft import Draft
    from pipeline.sync.proposals.standing import Issue, Pull

LONGEST: Final = 20_000
MOST: Final = 25
"""Most characters and most items of a comment."""

_TITLE: Final = 100
_STRANGE: Final = re.compile(r"[^\w ,.'’()?-]|_")
_REFERENCE: Final = re.compile(r"\b(gh)-(?=[0-9])", re.IGNORECASE)

_MEND: Final = (
    "**Zo pas je het aan.** Klik bij je eigen bericht op de drie puntjes en dan op **Edit**. Verander je "
    "antwoorden, en laat de regels met `###` staan zoals ze zijn. Sla je het op, dan kijken we vanzelf opnieuw. "
    "Kom je er niet uit? Zet je vraag hieronder, dan helpen we je."
)


_MARK: Final = "<!-- kader:propose {id} -->"
_FILE: Final = re.compile(r"(Het zet één bestand klaar: )`[^`\n]*`")
_PULL: Final = """\
<!-- kader:propose {id} -->
Dit voorstel is gemaakt van de antwoorden in #{number}. Het zet één bestand klaar: {file}.

Wie dit leest, kijkt vooral hiernaar:

- [ ] De tekst klopt, en past bij de rest van het kader.
- [ ] De bron is openbaar en zegt dit echt.
- [ ] De tekst is in eigen woorden geschreven en noemt geen personen.
- [ ] De verwijzingen naar andere onderdelen kloppen.

Past de indiener de antwoorden aan? Dan komt dat hier vanzelf bij, tot iemand anders iets aan deze branch verandert.

De controle begint hier niet vanzelf, want dit is door een programma gemaakt. Sluit en heropen dit: dan begint ze wel.

Closes #{number}
"""


def refused(problems: Sequence[Problem], repository: str, pull: Pull | None) -> str:
    """Say what keeps the answers from becoming a proposal, and how to mend it."""
    start = "Dank je wel voor je inzending. We kunnen er nog geen voorstel van maken. Dit is er nog nodig:"
    if pull is not None:
        start = (
            "Dank je wel voor je aanpassing. We kunnen het voorstel er nog niet mee bijwerken: "
            f"{_pull(repository, pull.number)} blijft zoals het was. Dit is er nog nodig:"
        )
    return _comment(start, _items(listed(problems)), _MEND)


def made(draft: Draft, repository: str, number: int) -> str:
    """Say that there is a pull request, and what is not finished."""
    start = (
        f"Dank je wel voor je inzending. Er staat nu een voorstel klaar: {_pull(repository, number)}. "
        "Mensen lezen het en laten daar weten wat zij ervan vinden."
    )
    if not draft.todo:
        return _comment(start, "Wil je nog iets veranderen? Dat kan.", _MEND)
    begin = "Het voorstel is goed genoeg om te bespreken. Dit kan nog beter; het hoeft niet meteen:"
    return _comment(start, begin, _items(draft.todo), _MEND)


def left_alone(repository: str, pull: Pull | None) -> str:
    """Say that others have worked on the branch, so that nothing there is changed any more."""
    where = f"bij {_pull(repository, pull.number)}" if pull else "hieronder"
    return _comment(
        "Anderen hebben verder gewerkt aan dit voorstel. Wat je hier verandert, nemen we daarom niet vanzelf over. "
        f"Wil je nog iets wijzigen? Zeg het dan {where}."
    )


def over(repository: str, pull: Pull) -> str:
    """Say that the proposal was decided on."""
    what = "is overgenomen" if pull.state == "merged" else "is gesloten"
    return _comment(
        f"Het voorstel {_pull(repository, pull.number)} {what}. Wat je hier verandert, nemen we niet meer over. "
        "Wil je nog iets voorstellen? Vul dan een nieuw formulier in."
    )


def too_many(most: int) -> str:
    """Say that somebody has enough proposals waiting."""
    return _comment(
        f"Dank je wel voor al je voorstellen. Er wachten er al {most} van jou, en zoveel kunnen we er tegelijk lezen. "
        "Zijn er een paar afgehandeld? Pas deze issue dan aan, bijvoorbeeld met een spatie: dan kijken we opnieuw."
    )


def pull_title(draft: Draft) -> str:
    """Write a title in which nothing is a mention, a reference or an instruction to a workflow."""
    words = _REFERENCE.sub(r"\1 ", " ".join(_STRANGE.sub(" ", draft.title).split()))
    return f"Voorstel: {cut(words, _TITLE)} ({draft.kind.noun.nl})"


def pull_body(issue: Issue, draft: Draft) -> str:
    """Write what stands above the discussion of a proposal; the first line keeps its id from others."""
    return _PULL.format(id=draft.id, number=issue.number, file=code(draft.path))


def renewed(body: str, draft: Draft) -> str:
    """Give what stands above the discussion with the id and the file of now; what people wrote in it stays."""
    rest = PULL_MARKER.sub("", body, count=1)
    return _MARK.format(id=draft.id) + _FILE.sub(lambda match: match[1] + code(draft.path), rest, count=1)


def _comment(*parts: str) -> str:
    return "\n\n".join([MARKER, *parts]) + "\n"


def _items(items: Iterable[str]) -> str:
    """Write a list, and count what does not fit."""
    lines: list[str] = []
    room = LONGEST
    everything = list(items)
    for item in everything[:MOST]:
        room -= len(item)
        if room < 0:
            break
        lines.append(f"- {item}")
    left = len(everything) - len(lines)
    if left:
        lines.append(f"- En nog {left} andere {'punt' if left == 1 else 'punten'}.")
    return "\n".join(lines)


def _pull(repository: str, number: int) -> str:
    return link(f"pull request {number}", on_github(repository, "pull", str(number)))
