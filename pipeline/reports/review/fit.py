"""Text that has to stay below a limit, cut between items and never inside one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Block(NamedTuple):
    """Some items below a heading.

    ``rest`` says how many items did not fit. ``most`` is how many are shown at most, however much
    room there is (0: no limit), and ``uncounted`` how many more there are that are not among the items.
    """

    head: str
    items: tuple[str, ...]
    rest: Callable[[int], str]
    foot: str = ""
    most: int = 0
    uncounted: int = 0


def size(text: str) -> int:
    """Give the bytes of a text: GitHub counts characters, of which there are never more."""
    return len(text.encode())


def fitted(top: str, blocks: Sequence[Block], bottom: str, limit: int) -> str:
    """Put parts together, with as many whole items as fit, the first blocks first."""
    blocks = [block for block in blocks if block.items or block.uncounted]
    room = limit - size(top) - size(bottom) - sum(_overhead(block) for block in blocks)
    parts = [top]
    for block in blocks:
        shown: list[str] = []
        for item in block.items[: block.most or None]:
            if size(item) > room:
                break
            room -= size(item)
            shown.append(item)
        left = len(block.items) + block.uncounted - len(shown)
        parts += [block.head, *shown, block.rest(left) if left else "", block.foot]
    return "".join([*parts, bottom])


def _overhead(block: Block) -> int:
    return size(block.head) + size(block.foot) + size(block.rest(len(block.items) + block.uncounted))
