"""Releases and their files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, invalid, missing
from tests.github.git_store import is_ref

if TYPE_CHECKING:
    from tests.github.answering import Asked
    from tests.github.state import Asset, Release

LONGEST: Final = 125_000
_ODD: Final = re.compile(r"[^A-Za-z0-9._+~@-]+")


@answers("repos/list-releases")
def list_releases(asked: Asked) -> Answer:
    """Drafts are shown only to who may write."""
    found = [one for one in reversed(asked.hub.releases) if not one.draft or _may_write(asked)]
    return asked.listed(found, lambda one: shapes.release(asked.hub, one))


@answers("repos/create-release")
def create_release(asked: Asked) -> Answer:
    body = asked.body
    if not is_ref(f"refs/tags/{body['tag_name']}"):
        raise invalid("Release", "tag_name", "custom", "tag_name is not a valid tag")
    _check(asked, body, None)
    made = asked.hub.release(
        body["tag_name"],
        body.get("body"),
        name=body.get("name"),
        target=body.get("target_commitish"),
        by=asked.who,
        draft=body.get("draft", False),
        prerelease=body.get("prerelease", False),
        latest=_latest(body),
    )
    return Answer(201, shapes.release(asked.hub, made))


@answers("repos/get-release")
def get_release(asked: Asked) -> Answer:
    return Answer(200, shapes.release(asked.hub, _release(asked)))


@answers("repos/get-release-by-tag")
def get_release_by_tag(asked: Asked) -> Answer:
    """A draft has no tag yet, so it is not found by one."""
    found = [one for one in asked.hub.releases if one.tag == asked.parameters["tag"] and not one.draft]
    if not found:
        raise missing()
    return Answer(200, shapes.release(asked.hub, found[0]))


@answers("repos/get-latest-release")
def get_latest(asked: Asked) -> Answer:
    found = asked.hub.latest
    if found is None or found not in asked.hub.releases:
        raise missing()
    return Answer(200, shapes.release(asked.hub, found))


@answers("repos/update-release")
def update_release(asked: Asked) -> Answer:
    release, body = _release(asked), asked.body or {}
    known = {"draft": release.draft, "prerelease": release.prerelease, "target_commitish": release.target}
    _check(asked, {"tag_name": release.tag, **known, **body}, release)
    release.tag, release.target = body.get("tag_name", release.tag), body.get("target_commitish", release.target)
    release.prerelease = body.get("prerelease", release.prerelease)
    release.name, release.body = body.get("name", release.name), body.get("body", release.body)
    if release.draft and not body.get("draft", True):
        asked.hub.publish(release, latest=_latest(body))
    elif body.get("draft"):
        release.draft, release.published = True, None
    return Answer(200, shapes.release(asked.hub, release))


@answers("repos/delete-release")
def delete_release(asked: Asked) -> Answer:
    """Its tag stays."""
    asked.hub.releases.remove(_release(asked))
    return Answer(204)


@answers("repos/list-release-assets")
def list_assets(asked: Asked) -> Answer:
    release = _release(asked)
    return asked.listed(release.assets, lambda one: shapes.asset(asked.hub, one, release))


@answers("repos/upload-release-asset")
def upload_asset(asked: Asked) -> Answer:
    release, query = _release(asked), asked.call.query
    # GitHub puts a dot in the place of signs that it does not like in a file's name.
    name = _ODD.sub(".", query["name"]).strip(".")
    if not asked.call.body:
        raise RefusedError(400, "Bad Content-Length: 0")
    if any(one.name == name for one in release.assets):
        raise invalid("ReleaseAsset", "name", "already_exists")
    made = asked.hub.asset(
        release,
        name,
        asked.call.body,
        label=query.get("label"),
        content_type=asked.call.headers.get("content-type", ""),
        by=asked.who,
    )
    return Answer(201, shapes.asset(asked.hub, made, release))


@answers("repos/get-release-asset")
def get_asset(asked: Asked) -> Answer:
    """A file is given at once, or by the address where it lies: GitHub does both."""
    release, asset = _asset(asked)
    if "octet-stream" in asked.call.headers.get("accept", ""):
        if asked.hub.streams_assets:
            return Answer(200, bytes=asset.content)
        return Answer(302, headers={"Location": asked.hub.stored(f"assets/{asset.id}", asset.content)})
    return Answer(200, shapes.asset(asked.hub, asset, release))


@answers("repos/update-release-asset")
def update_asset(asked: Asked) -> Answer:
    release, asset = _asset(asked)
    name = (asked.body or {}).get("name", asset.name)
    if any(one.name == name for one in release.assets if one is not asset):
        raise invalid("ReleaseAsset", "name", "already_exists")
    asset.name, asset.label = name, (asked.body or {}).get("label", asset.label)
    return Answer(200, shapes.asset(asked.hub, asset, release))


@answers("repos/delete-release-asset")
def delete_asset(asked: Asked) -> Answer:
    release, asset = _asset(asked)
    release.assets.remove(asset)
    return Answer(204)


def _latest(body: dict[str, Any]) -> bool:
    return bool(body.get("make_latest", "true") != "false")


def _check(asked: Asked, body: dict[str, Any], itself: Release | None) -> None:
    hub = asked.hub
    if itself and body.get("make_latest") == "true" and (body["draft"] or body["prerelease"]):
        why = {"resource": "Release", "code": "custom", "message": "Latest release cannot be draft or prerelease."}
        raise RefusedError(422, "Validation Failed", why)
    published = any(one.tag == body["tag_name"] for one in hub.releases if not one.draft and one is not itself)
    if published and not body.get("draft"):
        raise invalid("Release", "tag_name", "already_exists")
    if hub.find_commit(body.get("target_commitish") or hub.default_branch) is None:
        raise invalid("Release", "target_commitish", "invalid")
    if len(body.get("body") or "") > LONGEST:
        raise invalid("Release", "body", "custom", f"body is too long (maximum is {LONGEST} characters)")


def _may_write(asked: Asked) -> bool:
    permissions = asked.actor.permissions if asked.actor else {}
    return permissions is None or permissions.get("contents") == "write"


def _release(asked: Asked) -> Release:
    number = asked.number("release_id")
    for release in asked.hub.releases:
        if release.id == number and (not release.draft or _may_write(asked)):
            return release
    raise missing()


def _asset(asked: Asked) -> tuple[Release, Asset]:
    number = asked.number("asset_id")
    for release in asked.hub.releases:
        for asset in release.assets:
            if asset.id == number:
                return release, asset
    raise missing()
