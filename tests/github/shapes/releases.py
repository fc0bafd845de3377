"""Releases and their files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.github.description import template
from tests.github.shapes.common import user

if TYPE_CHECKING:
    from tests.github.hub import Hub
    from tests.github.shapes.common import Json
    from tests.github.state import Asset, Release


def release(hub: Hub, one: Release) -> Json:
    here = f"{hub.api}/releases/{one.id}"
    return {
        **template("release"),
        "id": one.id,
        "node_id": f"RE_{one.id}",
        "tag_name": one.tag,
        "target_commitish": one.target,
        "name": one.name,
        "body": one.body,
        "draft": one.draft,
        "prerelease": one.prerelease,
        "immutable": False,
        "author": user(hub, one.author),
        "created_at": one.created,
        "published_at": one.published,
        "assets": [asset(hub, each, one) for each in one.assets],
        "url": here,
        "html_url": f"{hub.pages}/releases/tag/{f'untagged-{one.id}' if one.draft else quote(one.tag)}",
        "assets_url": f"{here}/assets",
        "upload_url": f"{here}/assets{{?name,label}}",
    }


def asset(hub: Hub, one: Asset, of: Release) -> Json:
    ready = one.state == "uploaded"
    return {
        "id": one.id,
        "node_id": f"RA_{one.id}",
        "name": one.name,
        "label": one.label,
        "state": one.state,
        "content_type": one.content_type,
        "size": len(one.content),
        "digest": f"sha256:{hashlib.sha256(one.content).hexdigest()}" if ready else None,
        "download_count": 0,
        "uploader": user(hub, one.uploader),
        "created_at": one.created,
        "updated_at": one.created,
        "url": f"{hub.api}/releases/assets/{one.id}",
        "browser_download_url": f"{hub.pages}/releases/download/{quote(of.tag)}/{quote(one.name)}",
    }
