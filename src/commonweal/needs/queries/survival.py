"""What a frozen decision still shows of shared data once its agreement holds no more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from commonweal.core.queries.sharing_ends import Ended, Share, ended_shares
from commonweal.needs.content import read

Item = dict[str, Any]


def shown(items: Iterable[Item]) -> list[Item]:
    """Frozen evidence as it may be shown today: whole, with `ended` beside it, or description and hash alone."""
    items = list(items)
    ended = ended_shares(share for share in map(_share, items) if share)
    return [_shown(item, ended.get(_share(item) or _NOBODY)) for item in items]


def ended_keys(keys: Iterable[str]) -> dict[str, Ended]:
    """Those of the keys (see `key_of`) whose data is shut today."""
    asked = {key: share_of(key) for key in keys if key}
    ended = ended_shares(asked.values())
    return {key: ended[share] for key, share in asked.items() if share in ended}


def key_of(item: Item) -> str:
    """The data set and who used it, as a frozen copy carries it; empty where it rests on no shared data."""
    return f"{item['dataset']} {item['brought_by']}" if _share(item) else ""


def share_of(key: str) -> Share:
    """The data set and who used it, of a key that is not empty."""
    return UUID(key[:36]), UUID(key[37:])


def withdrawn_words(one: Ended, digest: str) -> str:
    """Description, fingerprint and that it is withdrawn, in a sentence."""
    return str(read("needs")["shared"]["withdrawn"]).format(title=one.title, owner=one.owner, digest=digest[:12])


def counts_words(one: Ended) -> str:
    """That the agreement ended and its counts stay."""
    return str(read("needs")["shared"]["counts"]).format(title=one.title, owner=one.owner)


def digest_of(said: Any) -> str:
    """The fingerprint of what was frozen, by which whoever kept it can show that it is the same."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


_NOBODY: Share = (UUID(int=0), UUID(int=0))


def _share(item: Item) -> Share | None:
    held, user = item.get("dataset"), item.get("brought_by")
    return (UUID(held), UUID(user)) if held and user else None


def _shown(item: Item, ended: Ended | None) -> Item:
    if ended is None:
        return {**item, "ended": ""}
    if ended.counts:
        return {**item, "ended": counts_words(ended)}
    said = withdrawn_words(ended, digest_of(item))
    return {
        **item, "title": ended.title, "summary": "", "limits": "", "note": "", "citation": "", "answered": None,
        "asked": None, "withdrawn": True, "ended": said,
    }
