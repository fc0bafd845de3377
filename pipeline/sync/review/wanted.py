"""How a pull request should look, from a review that is not to be trusted and a main branch that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reports.markdown import on_github
from pipeline.reports.review.around import around_of
from pipeline.reports.review.comment import all_solved, comment, has_news
from pipeline.reports.review.values import Review
from pipeline.sync.labels import Difference, difference, theme_key, themes_of
from pipeline.sync.review.checker import MOST_FILES, checker_files
from pipeline.sync.review.plan import Wanted
from pipeline.sync.review.suggest import suggestions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pipeline.model.framework import Framework
    from pipeline.sync.labels import Label, Labels
    from pipeline.sync.review.checker import ChangedFile
    from pipeline.sync.review.reviewers import Reviewers
    from pipeline.sync.review.run import Pull, Run


class Own(NamedTuple):
    """What the main branch says: its framework, its labels (or none), and who is asked to look along.

    ``root`` leads from the top of the repository to the framework, with a slash, or is empty.
    """

    framework: Framework
    labels: Labels | None
    reviewers: Reviewers
    root: str = ""
    language: str = "nl"


def wanted_of(review: Review | None, run: Run, pull: Pull, files: Collection[ChangedFile], own: Own) -> Wanted:
    """Give what should be said on a pull request, and to whom; also where the run left no review behind."""
    sound = review is not None and run.succeeded == (review.new.errors == 0)
    review = review or Review()
    checker = checker_files(files, own.root)
    around = replace(
        around_of(own.framework.schemas, own.language, root=own.root),
        repository=pull.repository,
        branch=pull.branch,
        gone=frozenset(path for file in files for path in (file.former, file.path if file.removed else "") if path),
        run=on_github(pull.base, "actions", "runs", str(run.id)),
        checker=checker,
        unseen=len(files) >= MOST_FILES,
        finished=sound,
    )
    trusted = around.finished and not checker and not around.unseen
    watched = own.framework.settings.watches
    return Wanted(
        news=comment(review, around) if has_news(review, around) else "",
        solved=all_solved(around),
        # Nobody should take over with one click what a changed check proposes.
        suggestions=suggestions(review, files, around.words, root=own.root, watched=watched) if trusted else (),
        reviewers=own.reviewers.of(_themes(review, own.framework)),
        author=pull.author,
    )


def labels_of(review: Review | None, pull: Pull, own: Own) -> tuple[Difference, Mapping[str, Label]]:
    """Give the labels to hang on and to take off, and what each known one looks like.

    A kind or a theme that the main branch does not know gets none. Without a review they stay as they are.
    """
    if own.labels is None or review is None:
        return Difference(), {}
    known = own.labels.known(own.framework)
    kinds = (own.labels.of_kind(kind).name for name, kind in own.framework.kinds.items() if name in review.kinds)
    themes = (own.labels.themes.of(name, "").name for name in _themes(review, own.framework))
    names = [name for name in (*kinds, *themes) if name in known]
    return difference(own.labels, pull.labels, names), known


def theme_names(framework: Framework) -> frozenset[str]:
    """Give the names by which entries refer to themes."""
    themes = {theme for entry in framework.entries for theme in themes_of(framework, entry)}
    return frozenset(theme_key(framework, theme) for theme in themes)


def _themes(review: Review, framework: Framework) -> tuple[str, ...]:
    known = theme_names(framework)
    return tuple(name for name in review.themes if name in known)
