"""Requests whose answers are JSON: PyGithub takes whatever else comes for a value."""

from __future__ import annotations

import json
from typing import Any

from github.Requester import Requester
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from pipeline.text import visible
from pipeline.world.github.refusals import garbled, unreachable

_NO_ANSWER = "DELETE"
_NO_JSON = {"data"}
"""What PyGithub makes of an answer that is no JSON: the text, below this name (and the address asked for)."""


class Strict(Requester):
    """Says so when an answer cannot be GitHub's, as that of a proxy that wants somebody to log in.

    Nor does it go where an answer points, unless that is GitHub: PyGithub asserts that.
    """

    def requestJsonAndCheck(  # noqa: N802 - PyGithub's name
        self,
        verb: str,
        url: str,
        *arguments: Any,  # noqa: ANN401 - PyGithub's own
        **others: Any,  # noqa: ANN401
    ) -> tuple[dict[str, Any], Any]:
        """Send a request, and give the headers and the value of the answer."""
        try:
            headers, said = super().requestJsonAndCheck(verb, url, *arguments, **others)
        except (AssertionError, json.JSONDecodeError, RecursionError) as error:
            raise garbled(type(error).__name__) from None
        except RequestException:
            raise
        except (OSError, HTTPError) as error:
            # Nothing was sent: a host that cannot be, or a file of certificates that is not there.
            raise unreachable(visible(str(error))) from None
        if verb != _NO_ANSWER and not _is_json(said):
            raise garbled(str(headers.get("content-type", "?")))
        return headers, said


def _is_json(said: object) -> bool:
    return isinstance(said, list) or (isinstance(said, dict) and said.keys() - {"url"} != _NO_JSON)
