"""Who and where: people, teams, repositories, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.github.description import template

if TYPE_CHECKING:
    from tests.github.hub import Hub
    from tests.github.state import Issue, Label

Json = dict[str, Any]


def user(hub: Hub, login: str) -> Json:
    """A person, or an app when the login ends in ``[bot]``."""
    return {
        **template("simple-user"),
        "login": login,
        "id": hub.number_of(login),
        "url": f"{hub.url}/users/{quote(login)}",
        "html_url": f"https://github.com/{login.removesuffix('[bot]')}",
        "type": "Bot" if login.endswith("[bot]") else "User",
    }


def maker(hub: Hub, login: str) -> Json | None:
    """Who made something; nobody where the account is gone, which is a login without letters here."""
    return user(hub, login) if login else None


def team(hub: Hub, name: str) -> Json:
    return {**template("team"), "id": hub.number_of(name), "name": name, "slug": name}


def repository(hub: Hub, schema: str, full_name: str | None = None) -> Json:
    """The repository, or the fork of someone else."""
    owner, _, name = (full_name or hub.full_name).partition("/")
    said = {
        **template(schema),
        "id": hub.number_of(f"{owner}/{name}"),
        "name": name,
        "full_name": f"{owner}/{name}",
        "owner": user(hub, owner),
        "fork": owner != hub.owner,
        "url": f"{hub.url}/repos/{owner}/{name}",
        "html_url": f"https://github.com/{owner}/{name}",
    }
    if schema != "minimal-repository":
        said.update(default_branch=hub.default_branch, has_issues=hub.has_issues)
    return said


def label(hub: Hub, one: Label) -> Json:
    return {
        "id": one.id,
        "node_id": f"LA_{one.id}",
        "url": f"{hub.api}/labels/{quote(one.name)}",
        "name": one.name,
        "color": one.color,
        "description": one.description,
        "default": False,
    }


def labels(hub: Hub, issue: Issue) -> list[Json]:
    known = (hub.find_label(name) for name in issue.labels)
    return [label(hub, one) for one in known if one]


def association(hub: Hub, login: str) -> str:
    return "MEMBER" if login in hub.people else "NONE"
