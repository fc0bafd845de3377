"""The way to GitHub: who we are, for which repository, and what to do when it does not answer.

GitHub may refuse a request because there were too many. Then nothing was done, so we wait as long
as it asks and send it again. A read is repeated too when GitHub stumbles or the line is cut. A write
is not: nobody knows whether it was done. `UnsureError` tells the caller, who reads what there is
now and plans anew (`until_sure`).
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from pipeline import __version__
from pipeline.errors import UserError
from pipeline.text import visible
from pipeline.world.github.patience import PAUSE, Patience
from pipeline.world.github.refusals import UnsureError, garbled, is_there_already, refused, unreachable, unsure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from github.Repository import Repository

Result = TypeVar("Result")

GITHUB: Final = "https://api.github.com"
TIMEOUT: Final = 30
PAGE: Final = 100
"""Most items that GitHub gives at once."""
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}", re.ASCII)
_TOKEN: Final = re.compile(r"[!-~]+")
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def connect(environment: Mapping[str, str], patience: Patience | None = None) -> Repository:
    """Give the repository that the environment names; nothing is asked yet.

    ``KADER_GITHUB_PAUSE`` is the number of seconds between two writes, and the first wait after trouble.
    """
    from github import Auth
    from github.Repository import Repository

    from pipeline.world.github.repeating import Repeating
    from pipeline.world.github.requesting import Strict

    repository, token, address = _repository(environment), _token(environment), _address(environment)
    patience = patience or Patience(pause=_pause(environment))
    requester = Strict(
        auth=Auth.Token(token),
        base_url=address,
        timeout=TIMEOUT,
        user_agent=f"kader/{__version__}",
        per_page=PAGE,
        verify=True,
        retry=Repeating(patience),
        pool_size=None,
        seconds_between_requests=None,
        seconds_between_writes=patience.pause,
    )
    # Not `lazy=True`: what that makes of a repository would say that whatever it is asked for exists.
    return Repository(requester, url=f"/repos/{repository}", completed=False)


@contextmanager
def trouble() -> Iterator[None]:
    """Turn what GitHub and the network say into a sentence with a next step."""
    from github.GithubException import BadAttributeException, GithubException
    from requests.exceptions import RequestException

    try:
        yield
    except GithubException as error:
        raise refused(error) from None
    except BadAttributeException as error:
        raise garbled(type(error).__name__) from None
    except RequestException as error:
        # Only its kind: its words may hold addresses with keys in them.
        is_read = error.request is not None and error.request.method == "GET"
        raise (unreachable if is_read else unsure)(type(error).__name__) from None


@contextmanager
def made_once() -> Iterator[None]:
    """Where what is to be made is there already: that was not seen yet, so look again and go on from there."""
    from github.GithubException import GithubException

    try:
        yield
    except GithubException as error:
        if is_there_already(error):
            raise unsure(str(error.status)) from None
        raise


def until_sure(work: Callable[[], Result], times: int = 3) -> Result:
    """Do ``work``, and again when its outcome is not known: it reads what there is and goes on from there."""
    for _ in range(times - 1):
        try:
            return work()
        except UnsureError:
            continue
    return work()


def _repository(environment: Mapping[str, str]) -> str:
    name = environment.get("GITHUB_REPOSITORY", "")
    if _REPOSITORY.fullmatch(name):
        return name
    given = f" “{visible(name)[:100]}”" if name else ""
    raise UserError(
        nl=f"In GITHUB_REPOSITORY staat geen repository{given}. Zet er eigenaar/naam in.",
        en=f"GITHUB_REPOSITORY holds no repository{given}. Put owner/name in it.",
    )


def _token(environment: Mapping[str, str]) -> str:
    """Give the token; what is wrong with it is told without showing it."""
    token = environment.get("GITHUB_TOKEN", "")
    if not token:
        raise UserError(
            nl="Er is geen token om bij GitHub te komen. Geef het mee in GITHUB_TOKEN; "
            "in een workflow: `env: GITHUB_TOKEN: ${{ github.token }}`.",
            en="There is no token for GitHub. Give it in GITHUB_TOKEN; "
            "in a workflow: `env: GITHUB_TOKEN: ${{ github.token }}`.",
        )
    if not _TOKEN.fullmatch(token):
        raise UserError(
            nl="In GITHUB_TOKEN staat meer dan een token: spatie, een regeleinde of een vreemd teken. Haal het weg.",
            en="GITHUB_TOKEN holds more than a token: a space, a line end or a strange sign. Take it out.",
        )
    return token


def _address(environment: Mapping[str, str]) -> str:
    """Give where the REST API is; a token goes over a safe line, or stays on this machine."""
    address = environment.get("GITHUB_API_URL") or GITHUB
    try:
        parts = urlsplit(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
        plain = parts.hostname and not (parts.username or parts.password or parts.query or parts.fragment)
        known = bool(safe and plain and parts.port != 0 and _TOKEN.fullmatch(address))
    except ValueError:
        known = False
    if not known:
        raise UserError(
            nl="GITHUB_API_URL is geen veilig adres. Laat het weg, of geef een adres met https, "
            f"zoals {GITHUB}, zonder wachtwoord of vraagteken.",
            en="GITHUB_API_URL is no safe address. Leave it out, or give one with https, "
            f"such as {GITHUB}, without a password or a question mark.",
        )
    return address.rstrip("/")


def _pause(environment: Mapping[str, str]) -> float:
    given = environment.get("KADER_GITHUB_PAUSE", str(PAUSE))
    try:
        pause = float(given)
    except ValueError:
        pause = -1.0
    if not 0 <= pause <= 60:  # noqa: PLR2004 - a minute
        raise UserError(
            nl="KADER_GITHUB_PAUSE is geen aantal seconden van 0 tot 60. Laat het weg of pas het aan.",
            en="KADER_GITHUB_PAUSE is no number of seconds from 0 to 60. Leave it out or change it.",
        )
    return pause


__all__ = ["Patience", "UnsureError", "connect", "made_once", "trouble", "until_sure"]
