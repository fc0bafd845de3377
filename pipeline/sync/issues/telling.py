"""A plan in words: a line for each step, before or after it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Text
from pipeline.reports.layout import shown
from pipeline.reports.words import counted
from pipeline.sync.issues.actions import Change, MakeLabel, Why
from pipeline.sync.issues.compose import ENTRIES, ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.sync.issues.actions import Plan, Step

ISSUE: Final = Text(nl="issue", en="issue")
ISSUES: Final = Text(nl="issues", en="issues")

# What a change comes to: before and after it was done.
_CHANGES: Final = {
    Why.CHANGED: (Text(nl="Bijwerken", en="Update"), Text(nl="Bijgewerkt", en="Updated")),
    Why.LABELS: (Text(nl="Andere labels", en="Other labels"), Text(nl="Andere labels", en="Other labels")),
    Why.RELAPSED: (Text(nl="Heropenen", en="Open again"), Text(nl="Heropend", en="Opened again")),
    Why.MOVED: (Text(nl="Overzetten", en="Carry over"), Text(nl="Overgezet", en="Carried over")),
    Why.SOLVED: (Text(nl="Sluiten", en="Close"), Text(nl="Gesloten", en="Closed")),
}
_REASONS: Final = {
    Why.SOLVED: Text(nl="opgelost", en="solved"),
    Why.REPLACED: Text(nl="vervangen", en="replaced"),
    Why.WITHDRAWN: Text(nl="ingetrokken", en="withdrawn"),
    Why.VANISHED: Text(nl="bestaat niet meer", en="is no more"),
    Why.DOUBLE: Text(nl="staat er dubbel", en="is there twice"),
}


def line(step: Step, language: str, number: int = 0, *, done: bool = False) -> str:
    """Tell one step; ``number`` is that of an issue that was made."""
    if isinstance(step, MakeLabel):
        label = shown(step.label.name)
        text = Text(nl=f"Label bijgewerkt: {label}", en=f"Label updated: {label}")
        if not step.known:
            text = Text(nl=f"Nieuw label: {label}", en=f"New label: {label}")
        return text.in_language(language)
    if not isinstance(step, Change):
        text = Text(nl=f"Nieuw issue{_hash(number)}", en=f"New issue{_hash(number)}")
        return f"{text.in_language(language)}: {shown(step.name)} ({step.tally})"
    word = _CHANGES.get(step.why, _CHANGES[Why.SOLVED])[done].in_language(language)
    reason = _REASONS[step.why].in_language(language) if step.why in _REASONS else step.tally
    return f"{word}{_hash(step.number)}: {shown(step.name)} ({reason})"


def ending(plan: Plan, language: str, *, done: bool) -> Iterator[str]:
    """Say what there was nothing to do about, and what waits."""
    if not plan.steps:
        yield Text(nl="Er is niets te doen.", en="There is nothing to do.").in_language(language)
    elif not done:
        yield Text(
            nl="Er is niets gewijzigd: dit is het plan.", en="Nothing was changed: this is the plan."
        ).in_language(language)
    if plan.kept:
        number = counted(plan.kept, ISSUE, ISSUES, language)
        one = plan.kept == 1
        yield Text(nl=f"{number} {'klopt' if one else 'kloppen'} nog.", en=f"{number} still right.").in_language(
            language
        )
    if plan.declined:
        number = counted(plan.declined, ISSUE, ISSUES, language)
        verb = "blijft" if plan.declined == 1 else "blijven"
        yield Text(
            nl=f"{number} {verb} dicht, want iemand koos voor “not planned”.",
            en=f"{number} closed as not planned by somebody: left alone.",
        ).in_language(language)
    if plan.waiting:
        number = counted(plan.waiting, ENTRY, ENTRIES, language)
        one = plan.waiting == 1
        yield Text(
            nl=f"{number} {'wacht' if one else 'wachten'} nog op een issue: draai dit later opnieuw.",
            en=f"{number} still to get an issue: run this again later.",
        ).in_language(language)


def as_data(plan: Plan) -> dict[str, Any]:
    """Give a plan as plain values; docs/issues.md describes them."""
    return {
        "version": 1,
        "waiting": plan.waiting,
        "declined": plan.declined,
        "kept": plan.kept,
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    if isinstance(step, MakeLabel):
        return {"do": "edit-label" if step.known else "create-label", **step.label._asdict()}
    if not isinstance(step, Change):
        return {"do": "create", **step._asdict(), "why": step.why.value}
    return {
        "do": "change",
        "number": step.number,
        "why": step.why.value,
        "name": step.name,
        "tally": step.tally,
        "comment": step.comment.body if step.comment else None,
        "title": step.title,
        "body": step.body,
        "state": None if step.open is None else "open" if step.open else "closed",
        "reason": step.reason or None,
        "add": step.add,
        "remove": step.remove,
    }


def _hash(number: int) -> str:
    return f" #{number}" if number else ""
