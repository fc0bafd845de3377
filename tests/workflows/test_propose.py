"""From a filled form to a pull request, on this machine and a GitHub of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from tests.github.state import Pull
from tests.support import ROOT
from tests.workflows.act import event, needs_act
from tests.workflows.meeting import hub_for, pushed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.github.hub import Hub
    from tests.github.state import Issue
    from tests.workflows.act import Ran, Runner

pytestmark = needs_act

FORM = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "voorbeeld-voorstellen.yml").read_text("utf-8"))
ANSWERS = {
    "title": "Voorbeeldstad laat burgers meedenken over een algoritme",
    "toelichting": "De gemeente vroeg inwoners om mee te denken over een algoritme dat meldingen verdeelt, voordat "
    "zij het in gebruik nam. Hun vragen staan met de antwoorden op de website.",
    "tekst-in-de-praktijk": "De gemeente nodigde inwoners uit op drie avonden. Een medewerker liet zien welke gegevens "
    "het algoritme gebruikt. Inwoners vroegen waarom hun wijk vaker een melding kreeg. De gemeente zocht dat uit en "
    "haalde een gegeven weg. Op de website staat wat er is veranderd, en waarom. Elk jaar kijkt de gemeente opnieuw. "
    "Inwoners kunnen ook later nog een vraag stellen.",
    "organisatie": "Gemeente Voorbeeldstad",
    "soort": "Praktijkvoorbeeld",
    "bron-url": "https://www.voorbeeldstad.example/algoritmes",
    "bron-geraadpleegd": "2026-01-05",
    "vereiste": "avg-05",
}
SHELL = "$(touch gekaapt) `touch gekaapt`; touch gekaapt"
COMMANDS = "::set-output name=gekaapt::ja\n::add-path::/gekaapt\nGEKAAPT=ja"


def filled(answers: Mapping[str, str]) -> str:
    """Write the form as GitHub does: a heading and an answer for each field."""
    parts = []
    for field in FORM["body"]:
        about = field["attributes"]
        if field["type"] == "checkboxes":
            parts.append(
                "\n".join([f"### {about['label']}\n", *(f"- [x] {each['label']}" for each in about["options"])])
            )
        elif field["type"] != "markdown":
            parts.append(f"### {about['label']}\n\n{answers.get(field['id'], '_No response_')}")
    return "\n\n".join(parts)


def proposed(runner: Runner, hub: Hub, issue: Issue) -> Ran:
    """Run the workflow for an issue."""
    about = {
        "number": issue.number,
        "title": issue.title,
        "body": issue.body,
        "labels": [{"name": name} for name in issue.labels],
    }
    return runner.run("propose.yml", *event("issues", {"issue": about}), hub.environment())


def test_a_form_becomes_a_pull_request(runner: Runner) -> None:
    hub = hub_for("propose.yml", "propose")
    pushed(runner, hub, "main", hub.full_name)
    issue = hub.issue(FORM["title"], filled(ANSWERS), by="inwoner", labels=FORM["labels"])
    with hub.serving():
        ran = proposed(runner, hub, issue)
    assert ran.code == 0, ran.everything
    (pull,) = (each for each in hub.issues.values() if isinstance(each, Pull))
    assert (pull.head, pull.base) == (f"voorstel/{issue.number}", "main")
    (path,) = (each.path for each in hub.differences(pull))
    assert path.startswith("content/voorbeelden/")
    assert len(issue.comments) == 1


def test_a_hostile_form_is_text(runner: Runner) -> None:
    hub = hub_for("propose.yml", "propose")
    pushed(runner, hub, "main", hub.full_name)
    hostile = {field: f"{answer} {SHELL}\n{COMMANDS}" for field, answer in ANSWERS.items()}
    issue = hub.issue(f"{SHELL}\n{COMMANDS}", filled(hostile), by="inwoner", labels=FORM["labels"])
    with hub.serving():
        ran = proposed(runner, hub, issue)
    assert ran.code == 0, ran.everything
    assert ran.commands == ()
    assert not list(runner.folder.rglob("gekaapt"))
    assert len(issue.comments) == 1
