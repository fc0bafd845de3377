"""What GitHub and the network say, as sentences with a next step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text, UserError
from pipeline.text import visible

if TYPE_CHECKING:
    from github.GithubException import GithubException

_LONGEST: Final = 300
_LAST: Final = 253_370_764_800.0
"""The first second of the year 9999: of later ones there are hardly any dates."""
_MAY_NOT: Final = 403
_WRONG: Final = 422

_KNOWN: Final = {
    401: Text(
        nl="GitHub herkent het token niet (401). Geef een geldig token in GITHUB_TOKEN.",
        en="GitHub does not know the token (401). Give a valid one in GITHUB_TOKEN.",
    ),
    404: Text(
        nl="GitHub vindt dit niet, of het token mag het niet zien (404). Controleer GITHUB_REPOSITORY en het token.",
        en="GitHub does not find this, or the token may not see it (404). Check GITHUB_REPOSITORY and the token.",
    ),
    410: Text(
        nl="Deze repository heeft geen issues (410). Zet ze aan: Settings → General → Features → Issues.",
        en="This repository has no issues (410). Turn them on: Settings → General → Features → Issues.",
    ),
}
_NEVER_PROPOSES: Final = "not permitted to create or approve pull requests"


class UnsureError(UserError):
    """A write went out, and whether GitHub did it is not known: read what there is, and plan anew."""


def refused(error: GithubException) -> UserError:
    """Say why GitHub refused, and what helps."""
    known = _KNOWN.get(error.status)
    if known:
        return UserError(nl=known.nl, en=known.en)
    said = _said(error.data)
    if error.status == _MAY_NOT:
        return _not_allowed(said, error.headers or {})
    if error.status == _WRONG:
        return UserError(
            nl=f"GitHub neemt dit niet aan (422): {said}. Pas aan wat er staat en probeer het opnieuw.",
            en=f"GitHub does not accept this (422): {said}. Change what it is about and try again.",
        )
    return UserError(
        nl=f"GitHub weigert ({error.status}): {said}. Kijk op githubstatus.com of er een storing is.",
        en=f"GitHub refuses ({error.status}): {said}. See githubstatus.com for whether it is down.",
    )


def is_there_already(error: GithubException) -> bool:
    """Whether GitHub has what was to be made: another run was first, or ours was when GitHub did not say so."""
    errors = error.data.get("errors") if isinstance(error.data, dict) else None
    found = [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []
    return any(each.get("code") == "already_exists" or "already exists" in str(each.get("message")) for each in found)


def moved(status: int) -> UserError:
    """Say that what was asked for is elsewhere: there is nothing of ours, so we do not follow."""
    return UserError(
        nl=f"GitHub verwijst naar een andere plek ({status}): de repository of de issue is verhuisd of heet anders. "
        "Zet de naam van nu in GITHUB_REPOSITORY. Er is niets veranderd.",
        en=f"GitHub points at another place ({status}): the repository or the issue was moved or renamed. "
        "Put its present name in GITHUB_REPOSITORY. Nothing was changed.",
    )


def garbled(what: str) -> UnsureError:
    """Say that an answer is not as GitHub describes it; a proxy may have written it."""
    return UnsureError(
        nl=f"Het antwoord van GitHub is niet te lezen ({what}). Zit er een proxy tussen? Probeer het later opnieuw.",
        en=f"The answer of GitHub cannot be read ({what}). Is there a proxy in between? Try again later.",
    )


def unsure(what: str) -> UnsureError:
    """Say that a write may have been done; ``what`` is a status or a kind of trouble."""
    return UnsureError(
        nl=f"GitHub zei niet of het gelukt is ({what}). Draai dit opnieuw: wat er al staat, blijft staan.",
        en=f"GitHub did not say whether it worked ({what}). Run this again: what is there already stays.",
    )


def unreachable(what: str) -> UserError:
    """Say that GitHub does not answer; nothing was changed by this request."""
    return UserError(
        nl=f"GitHub antwoordt niet ({what}). Controleer de verbinding en probeer het later opnieuw.",
        en=f"GitHub does not answer ({what}). Check the connection and try again later.",
    )


def too_long(until: float) -> UserError:
    """Say that GitHub lets us wait longer than we want; ``until`` in seconds since 1970."""
    time = datetime.fromtimestamp(min(until, _LAST), UTC)
    return UserError(
        nl=f"GitHub krijgt te veel verzoeken en laat wachten tot {time:%d-%m-%Y %H:%M} uur (UTC). "
        "Draai dit daarna opnieuw.",
        en=f"GitHub gets too many requests and lets us wait until {time:%Y-%m-%d %H:%M} (UTC). "
        "Run this again after that.",
    )


def _not_allowed(said: str, headers: dict[str, str]) -> UserError:
    if _NEVER_PROPOSES in said:
        return UserError(
            nl="Deze repository laat workflows geen pull requests maken (403). Zet het aan: Settings → Actions → "
            "General → Allow GitHub Actions to create and approve pull requests.",
            en="This repository lets no workflow create pull requests (403). Turn it on: Settings → Actions → "
            "General → Allow GitHub Actions to create and approve pull requests.",
        )
    needed = visible(headers.get("x-accepted-github-permissions", ""))
    return UserError(
        nl=f"Het token mag dit niet (403): {said}. Geef de job het recht bij `permissions` in de workflow"
        + (f": {needed}." if needed else "."),
        en=f"The token may not do this (403): {said}. Grant the job the right in `permissions` of the workflow"
        + (f": {needed}." if needed else "."),
    )


def _said(data: object) -> str:
    """Give GitHub's own words: they may name what contributors wrote."""
    if not isinstance(data, dict):
        return "?"
    errors = data.get("errors")
    words = [data.get("message"), *(errors if isinstance(errors, list) else [])]
    return visible("; ".join(_word(word) for word in words if word))[:_LONGEST].rstrip(".") or "?"


def _word(word: object) -> str:
    if not isinstance(word, dict):
        return str(word)
    return str(word.get("message") or " ".join(str(word[key]) for key in ("resource", "field", "code") if key in word))
