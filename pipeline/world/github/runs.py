"""What a run of the check left behind: its artifact, with a limit on every byte of it.

GitHub keeps artifacts with another company and gives an address for each download. That address is
asked without our token, which is nobody else's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pipeline.errors import UserError
from pipeline.reports.review.values import SkippedError, unusable
from pipeline.world.github.connection import TIMEOUT

if TYPE_CHECKING:
    from github.Repository import Repository

    from pipeline.reports.review.values import UnusableError

NAME: Final = "review"
"""The artifact's name; a test holds it to the workflow that makes it."""

MEMBER: Final = "review.json"
"""The one file in it."""

LARGEST: Final = 2 * 1024 * 1024
"""Most bytes of an artifact as it is sent."""

_FOUND: Final = 302
_FINE: Final = 200
_GONE: Final = 410
_TIMES: Final = 3
_PASSING: Final = (500, 502, 503, 504)
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def archive_of(repository: Repository, run: int) -> bytes:
    """Give the artifact of a run, as it was sent."""
    artifact = _artifact(repository, run)
    return _downloaded(_address(repository, int(artifact["id"])))


def _artifact(repository: Repository, run: int) -> dict[str, Any]:
    """Find the artifact by its name; of several, which a run that was repeated has, the newest."""
    _, answer = repository.requester.requestJsonAndCheck(
        "GET", f"{repository.url}/actions/runs/{run}/artifacts", parameters={"name": NAME, "per_page": 100}
    )
    named = [each for each in answer["artifacts"] if each["name"] == NAME]
    if not named:
        raise unusable(f"artifact `{NAME}` is er niet", f"there is no artifact `{NAME}`")
    newest: dict[str, Any] = max(named, key=lambda each: int(each["id"]))
    if newest["expired"]:
        raise _expired()
    if newest["size_in_bytes"] > LARGEST:
        raise _too_large()
    return newest


def _address(repository: Repository, artifact: int) -> str:
    """Ask where the artifact is kept; the answer to this may be a redirect, and is not followed."""
    status, headers, _ = repository.requester.requestJson("GET", f"{repository.url}/actions/artifacts/{artifact}/zip")
    if status == _GONE:
        raise _expired()
    address = str(headers.get("location", ""))
    if status != _FOUND or not _is_safe(address):
        raise UserError(
            nl=f"GitHub zegt niet waar het artifact staat ({status}). Draai dit later opnieuw.",
            en=f"GitHub does not say where the artifact is ({status}). Run this again later.",
        )
    return address


def _is_safe(address: str) -> bool:
    """Whether it is an address with https, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)


def _downloaded(address: str) -> bytes:
    """Read what is at an address, in as many bytes as it may have and one to know that it is too large."""
    from urllib3 import PoolManager, Retry
    from urllib3.exceptions import HTTPError

    again = Retry(_TIMES, redirect=0, backoff_factor=1, status_forcelist=_PASSING, raise_on_status=False)
    manager = PoolManager(timeout=TIMEOUT, retries=again)
    try:
        with manager.request("GET", address, preload_content=False, redirect=False, decode_content=False) as answer:
            content = answer.read(LARGEST + 1, decode_content=False)
            status = answer.status
    except HTTPError as error:
        raise _no_answer(address, type(error).__name__) from None
    if status != _FINE:
        raise _no_answer(address, str(status))
    if len(content) > LARGEST:
        raise _too_large()
    return bytes(content)


def _no_answer(address: str, what: str) -> UserError:
    # Only the host: the rest of the address is a key.
    host = urlsplit(address).hostname
    return UserError(
        nl=f"Het artifact is niet op te halen bij {host} ({what}). Draai dit later opnieuw.",
        en=f"The artifact cannot be fetched from {host} ({what}). Run this again later.",
    )


def _too_large() -> UnusableError:
    return unusable(f"het artifact telt meer dan {LARGEST} bytes", f"the artifact has more than {LARGEST} bytes")


def _expired() -> SkippedError:
    return SkippedError(
        nl="Er is niets geplaatst: het artifact is verlopen.", en="Nothing was posted: the artifact has expired."
    )
