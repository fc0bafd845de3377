"""Who made what there is on GitHub, and what it is: what we made ourselves is known by its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import UserError
from pipeline.text import visible

if TYPE_CHECKING:
    from github.Issue import Issue
    from github.IssueComment import IssueComment
    from github.PullRequest import PullRequest


def login_of(found: Issue | IssueComment | PullRequest) -> str:
    """Give who made something; nobody where the account is gone."""
    maker: object = found.user
    return "" if maker is None else found.user.login


def is_program(found: Issue) -> bool:
    """Whether no person made it."""
    return bool(login_of(found)) and found.user.type == "Bot"


def is_by(found: Issue | IssueComment | PullRequest, author: str) -> bool:
    """Whether somebody made something; GitHub does not mind capitals."""
    return login_of(found).casefold() == author.casefold()


def refuse_other(made: Issue | IssueComment | PullRequest, author: str) -> None:
    """Stop where the token writes as another than was said: what it made would be made again each time."""
    if not is_by(made, author):
        login = visible(login_of(made))
        raise UserError(
            nl=f"Dit token schrijft als {login}, en niet als {author}. Geef --author {login} (of KADER_AUTHOR): anders "
            f"wordt wat er al is niet herkend, en elke keer opnieuw gemaakt. Gemaakt is alleen {made.html_url}.",
            en=f"This token writes as {login}, and not as {author}. Give --author {login} (or KADER_AUTHOR): what is "
            f"there already is not recognised otherwise, and made anew each time. Made was only {made.html_url}.",
        )


def is_pull_request(found: Issue) -> bool:
    """Whether what comes among issues is one."""
    # Asking for `pull_request` would take a request for each issue that is none.
    return found.html_url.endswith(f"/pull/{found.number}")
