"""The fake: releases and their files as GitHub has them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import requests
from github.GithubException import GithubException, UnknownObjectException

from pipeline.errors import UserError
from pipeline.world.github.connection import connect, trouble
from tests.github.faults import Fault, first

if TYPE_CHECKING:
    from github.GitRelease import GitRelease

    from tests.github.hub import Hub


def draft(hub: Hub) -> GitRelease:
    """Make a draft, as a client does."""
    return connect(hub.environment()).create_git_release(
        "v1.0.0", name="Versie 1.0.0", message="Eerste", draft=True, target_commitish="main"
    )


def upload(release: GitRelease, name: str, content: bytes) -> None:
    release.upload_asset_from_memory(io.BytesIO(content), len(content), name, content_type="application/json")


def test_a_draft_has_no_tag_until_it_is_published(hub: Hub) -> None:
    made = draft(hub)
    repository = connect(hub.environment())
    assert "refs/tags/v1.0.0" not in hub.refs
    with pytest.raises(UnknownObjectException):
        repository.get_release("v1.0.0")
    assert [(one.tag_name, one.draft) for one in repository.get_releases()] == [("v1.0.0", True)]
    made.update_release("Versie 1.0.0", "Eerste", draft=False)
    assert repository.get_release("v1.0.0").id == made.id
    assert repository.get_latest_release().id == made.id
    assert hub.refs["refs/tags/v1.0.0"] == hub.refs["refs/heads/main"]


def test_who_may_only_read_sees_no_drafts(hub: Hub) -> None:
    draft(hub)
    hub.permissions = {"contents": "read"}
    assert list(connect(hub.environment()).get_releases()) == []


def test_a_tag_has_one_release(hub: Hub) -> None:
    hub.release("v1.0.0")
    with pytest.raises(UserError, match="Release tag_name already_exists"), trouble():
        connect(hub.environment()).create_git_release("v1.0.0", name="Nogmaals", message="", draft=False)
    again = draft(hub)
    with pytest.raises(GithubException, match="422"):
        again.update_release("Nogmaals", "", draft=False)


def test_files_of_a_release(hub: Hub) -> None:
    made = draft(hub)
    upload(made, "kader.json", b"{}")
    found = made.get_assets()[0]
    assert (found.name, found.size, found.state, found.content_type) == (
        "kader.json",
        2,
        "uploaded",
        "application/json",
    )
    assert found.raw_data["digest"].startswith("sha256:44136fa355b3678a")
    with pytest.raises(GithubException, match="422"):
        upload(made, "kader.json", b"[]")
    _, _, chunks = found.download_asset(chunk_size=65536)
    assert b"".join(chunks) == b"{}"
    found.delete_asset()
    assert list(made.get_assets()) == []


@pytest.mark.parametrize("kind", [Fault.WAIT, Fault.TOO_MANY])
def test_a_file_is_sent_whole_when_it_is_sent_again(hub: Hub, kind: Fault) -> None:
    made = draft(hub)
    hub.fault = first(kind)
    upload(made, "kader.json", b"{}" * 100_000)
    assert [one.content for one in hub.releases[0].assets] == [b"{}" * 100_000]


def test_an_upload_that_was_cut_off_is_in_the_way(hub: Hub) -> None:
    release = hub.release("v1.0.0", draft=True)
    hub.asset(release, "kader.json", b"", state="starter")
    found = connect(hub.environment()).get_release(release.id)
    assert [(one.name, one.state) for one in found.get_assets()] == [("kader.json", "starter")]
    with pytest.raises(GithubException, match="422"):
        upload(found, "kader.json", b"{}")


def test_github_changes_odd_names_and_refuses_empty_files(hub: Hub) -> None:
    made = draft(hub)
    upload(made, "kader één.json", b"{}")
    assert [one.name for one in made.get_assets()] == ["kader.n.json"]
    token = {"Authorization": f"token {hub.environment()['GITHUB_TOKEN']}"}
    empty = requests.post(f"{made.url}/assets?name=leeg.json", headers=token, timeout=5)
    assert empty.status_code == 400


def test_a_file_may_lie_elsewhere(hub: Hub) -> None:
    hub.streams_assets = False
    made = draft(hub)
    upload(made, "kader.json", b"{}")
    accept = {"Authorization": f"token {hub.environment()['GITHUB_TOKEN']}", "Accept": "application/octet-stream"}
    found = requests.get(made.get_assets()[0].url, headers=accept, timeout=5)
    assert (found.content, found.history[0].status_code) == (b"{}", 302)


def test_the_latest_is_which_says_so(hub: Hub) -> None:
    hub.release("v2.0.0")
    repository = connect(hub.environment())
    repository.create_git_release("v1.9.1", name="Herstel", message="", make_latest="false")
    assert repository.get_latest_release().tag_name == "v2.0.0"
    made = draft(hub)
    with pytest.raises(UserError, match="cannot be draft or prerelease"), trouble():
        made.update_release("Klad", "", draft=True, make_latest="true")
    made.update_release("Klaar", "", draft=False, make_latest="true")
    assert repository.get_latest_release().tag_name == "v1.0.0"


def test_a_release_of_nothing(hub: Hub) -> None:
    with pytest.raises(UserError, match="target_commitish invalid"), trouble():
        connect(hub.environment()).create_git_release("v1.0.0", name="", message="", target_commitish="0" * 40)
