"""``python -m tests.mutations``: make mistakes, check, and print what became of them.

python -m tests.mutations --seeds 20             the matrix over twenty seeds
python -m tests.mutations --only links/ --wrong  what did not go right, told in full
python -m tests.mutations --list                 every kind of mistake
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.mutations.harvest import harvest, worded
from tests.mutations.material import NAMES, OTHER, material
from tests.mutations.matrix import table
from tests.mutations.seed import collected
from tests.mutations.sow import DEFAULT, beds
from tests.support import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterable


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def main() -> int:
    """Run the rounds that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--seed", type=int, default=DEFAULT, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds")
    parser.add_argument("--only", default="", help="kinds with these words in their rule or name")
    parser.add_argument("--on", choices=NAMES, action="append", help="what to make mistakes in")
    parser.add_argument("--wrong", action="store_true", help="tell what did not go right")
    parser.add_argument("--list", action="store_true", help="list the kinds of mistakes")
    options = parser.parse_args()
    kinds = [each for each in collected() if options.only in str(each)]
    if options.list:
        _print(f"{each.rule:32} {each.name}: {each.words}" for each in kinds)
        return 0
    found = [
        (name, harvest(bed))
        for name in options.on or (name for name in NAMES if name != OTHER or CORPUS.is_dir())
        for seed in range(options.seed, options.seed + options.seeds)
        for bed in beds(material(name), seed, kinds)
    ]
    wrong = [verdict for _, each in found for verdict in each.verdicts if not verdict.is_right]
    stray = [finding for _, each in found for finding in each.stray]
    if options.wrong:
        _print(f"{verdict.told()}\n" for verdict in wrong)
        _print(f"in a file without a mistake: {worded(finding)}" for finding in stray)
    _print(table(found))
    return int(bool(wrong or stray))


if __name__ == "__main__":
    sys.exit(main())
