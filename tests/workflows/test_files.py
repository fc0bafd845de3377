"""What holds for every workflow, read from the files: GitHub enforces it, and nothing here can."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
import yaml

from pipeline.model.framework import Framework
from pipeline.model.schemas import load_schemas
from pipeline.reports.report import Report
from pipeline.sync.issues.places import Places
from pipeline.sync.issues.scene import Scene
from pipeline.sync.review.run import WORKFLOW as CHECK
from pipeline.world.files import WorkingTree
from pipeline.world.github.runs import MEMBER
from pipeline.world.github.runs import NAME as ARTIFACT
from tests.support import ROOT
from tests.sync.desk import LABELS
from tests.workflows.files import FOLDER, JOBS, KADER, USES, WORKFLOWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.workflows.files import Job, Workflow

every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
every_job = pytest.mark.parametrize("job", JOBS, ids=[job.label for job in JOBS])

# What a strange pull request, issue or tag may start.
TRIGGERS = {
    "check.yml": {"pull_request"},
    "ci.yml": {"pull_request", "push"},
    "issues.yml": {"push", "schedule", "workflow_dispatch"},
    "links.yml": {"schedule", "workflow_dispatch"},
    "propose.yml": {"issues"},
    "publish.yml": {"push", "workflow_dispatch"},
    "review.yml": {"workflow_run"},
}
# Whatever a stranger writes reaches a step through these alone.
VARIABLES = {
    "${{ github.token }}",
    "${{ github.event.pull_request.base.sha }}",
    "${{ github.ref_name }}",  # of a tag; see publish.yml
}
ROW = re.compile(r"\| `(?P<file>[a-z]+\.yml)` \| `(?P<job>[a-z]+)` \| (?P<may>[^|]+) \|")


def documented() -> Mapping[str, dict[str, str]]:
    """Read the table of permissions in the maintainers' manual."""
    manual = (ROOT / "docs" / "maintainers.md").read_text("utf-8")
    rows = (row for row in ROW.finditer(manual))
    return {f"{row['file']} {row['job']}": dict(re.findall(r"`([a-z-]+): ([a-z]+)`", row["may"])) for row in rows}


def test_every_workflow_is_known() -> None:
    assert set(WORKFLOWS) == set(TRIGGERS)


@every_workflow
def test_only_these_events_start_it(workflow: Workflow) -> None:
    assert set(workflow.triggers) == TRIGGERS[workflow.path.name]


@every_workflow
def test_nothing_is_allowed_but_to_a_job(workflow: Workflow) -> None:
    assert workflow.data["permissions"] == {}


def test_jobs_may_do_what_the_manual_says() -> None:
    assert {job.label: dict(job.permissions) for job in JOBS} == documented()


@every_workflow
def test_each_permission_has_its_reason(workflow: Workflow) -> None:
    lines = [line for line in workflow.text.splitlines() if re.search(r": (read|write)\b", line.partition("#")[0])]
    assert len(lines) == sum(len(job.permissions) for job in workflow.jobs)
    assert all(" # " in line for line in lines)


@every_workflow
def test_actions_are_pinned_to_a_commit_with_its_version(workflow: Workflow) -> None:
    lines = [line.strip() for line in workflow.text.splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not USES.fullmatch(line)] == []


def test_an_action_has_one_version_everywhere() -> None:
    versions = defaultdict(set)
    for path in [*(each.path for each in WORKFLOWS.values()), ROOT / "action.yml"]:
        for line in path.read_text("utf-8").splitlines():
            if found := USES.search(line):
                versions[found["action"]].add((found["sha"], found["version"]))
    assert {action: found for action, found in versions.items() if len(found) > 1} == {}
    assert all(action.startswith("actions/") for action in versions), "nobody but GitHub itself"


@every_job
def test_a_job_ends_in_time_on_a_fixed_machine(job: Job) -> None:
    assert job.data["runs-on"] == "ubuntu-24.04"
    assert 0 < int(job.data["timeout-minutes"]) <= 60


@every_workflow
def test_what_writes_is_never_cut_off(workflow: Workflow) -> None:
    concurrency = workflow.data["concurrency"]
    assert concurrency["group"].partition("-")[0] == workflow.path.stem, "no workflow stands in another's way"
    if any(job.writes for job in workflow.jobs):
        assert concurrency["cancel-in-progress"] == "false"


@every_job
def test_no_expression_stands_in_a_script(job: Job) -> None:
    assert [step.run for step in job.steps if "${{" in step.run] == []
    assert {value for step in job.steps for value in step.env.values()} <= VARIABLES
    assert "env" not in job.data
    assert "env" not in job.workflow.data


@every_job
def test_no_token_is_left_on_disk(job: Job) -> None:
    checkouts = [step for step in job.steps if step.uses == "actions/checkout"]
    assert all(step.inputs["persist-credentials"] == "false" for step in checkouts)


@every_job
def test_only_a_job_that_writes_is_given_a_token_and_only_its_last_step(job: Job) -> None:
    given = [step for step in job.steps if "GITHUB_TOKEN" in step.env]
    if job.writes and job.commands:
        assert [step.run for step in given] == [job.steps[-1].run]
    else:
        assert given == []


@every_workflow
def test_there_are_no_secrets(workflow: Workflow) -> None:
    assert "secrets" not in workflow.text


@every_job
def test_what_may_write_takes_nothing_from_a_cache_of_others(job: Job) -> None:
    workflow_writes = any(each.writes for each in job.workflow.jobs)
    cached = any("cache" in step.inputs for step in job.steps)
    assert not (workflow_writes and cached)


@every_job
def test_what_may_write_runs_the_command_and_no_logic(job: Job) -> None:
    scripts = [step.run for step in job.steps if step.run]
    if job.writes:
        assert all(script == "make kader" or script.startswith(f"{KADER} ") for script in scripts)
    assert all(len(script.splitlines()) == 1 for script in scripts)
    assert not [script for script in scripts if re.search(r"[;&|`]|\$\(", script)]


def test_the_review_follows_the_check_and_nothing_else() -> None:
    check, review = WORKFLOWS["check.yml"], WORKFLOWS["review.yml"]
    assert review.triggers["workflow_run"] == {"workflows": [check.data["name"]], "types": ["completed"]}
    names = [each.data["name"] for each in WORKFLOWS.values()]
    assert names.count(check.data["name"]) == 1, "another workflow of that name would start it too"


def test_the_review_checks_out_nothing_of_the_pull_request() -> None:
    (job,) = WORKFLOWS["review.yml"].jobs
    checkout, *others = (step for step in job.steps if step.uses)
    assert checkout.uses == "actions/checkout"
    assert set(checkout.inputs) == {"persist-credentials"}, "neither ref nor repository"
    assert [step.uses for step in others] == ["actions/setup-python"], "no artifact on disk"


def test_zizmor_is_silenced_once_with_a_reason() -> None:
    lines = [line for each in WORKFLOWS.values() for line in each.text.splitlines() if "zizmor:" in line]
    assert [line.partition("# ")[2].partition("]")[0] for line in lines] == ["zizmor: ignore[dangerous-triggers"]
    assert lines[0].partition("] ")[2]


def test_a_check_that_may_be_required_always_starts() -> None:
    for name in ("check.yml", "ci.yml"):
        assert not {"paths", "paths-ignore", "branches"} & set(WORKFLOWS[name].triggers["pull_request"])


def test_a_verdict_does_not_outlive_its_base_branch() -> None:
    check = WORKFLOWS["check.yml"]
    assert "edited" in check.triggers["pull_request"]["types"]
    assert [job.key for job in check.jobs if "if" in job.data] == [], (
        "GitHub takes a job that is skipped for one that passed"
    )


def test_no_two_jobs_have_one_name() -> None:
    names = [job.data["name"] for job in JOBS]
    assert len(set(names)) == len(names), "GitHub requires a check by the name of its job"


def test_the_manual_names_the_checks_to_require() -> None:
    manual = (ROOT / "docs" / "maintainers.md").read_text("utf-8")
    names = [job.data["name"] for name in ("check.yml", "ci.yml") for job in WORKFLOWS[name].jobs]
    (code,) = (name for name in names if "${{" in name)
    (job,) = (job for job in WORKFLOWS["ci.yml"].jobs if "strategy" in job.data)
    versions = job.data["strategy"]["matrix"]["python"]
    wanted = [*(name for name in names if name != code), *(f"Code on Python {each}" for each in versions)]
    assert [name for name in wanted if f"`{name}`" not in manual] == []


def test_the_labels_that_forms_hang_are_made() -> None:
    schemas, _ = load_schemas(WorkingTree(ROOT / "schemas"))
    assert schemas is not None
    made = Scene(Framework(schemas=schemas), Report(), Places("eigenaar/kader"), LABELS).standing
    forms = [yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.parent.glob("ISSUE_TEMPLATE/*.yml")]
    labels = {label for form in forms for label in form.get("labels", ())}
    assert labels
    assert labels <= made.keys()


def test_a_proposal_is_known_by_the_label_of_its_form() -> None:
    (job,) = WORKFLOWS["propose.yml"].jobs
    (label,) = re.findall(r"labels\.\*\.name, '(\w+)'", job.data["if"])
    forms = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.parent.glob("ISSUE_TEMPLATE/*.yml")}
    assert {name for name, form in forms.items() if label in form.get("labels", ())} == {
        "inbreng",
        "maatregel-voorstellen",
        "voorbeeld-voorstellen",
    }


def test_the_review_believes_the_run_and_the_artifact_that_there_are() -> None:
    check = WORKFLOWS["check.yml"]
    assert f".github/workflows/{check.path.name}" == CHECK
    (job,) = check.jobs
    (kept,) = (step.inputs for step in job.steps if step.inputs.get("name") == ARTIFACT)
    assert kept["path"].rpartition("/")[2] == MEMBER


def test_a_fork_writes_nothing_by_itself() -> None:
    guarded = [job.label for job in JOBS if "!github.event.repository.fork" in job.data.get("if", "")]
    assert guarded == ["issues.yml sync", "links.yml links", "propose.yml propose"]


def test_the_release_goes_out_signed_and_from_a_tag() -> None:
    publish = WORKFLOWS["publish.yml"]
    jobs = {job.key: job for job in publish.jobs}
    assert publish.triggers["push"] == {"tags": ["v[0-9]+.[0-9]+.[0-9]+", "v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+"]}
    assert jobs["build"].data["if"] == "${{ github.ref_type == 'tag' }}"
    assert {key: job.data.get("needs") for key, job in jobs.items()} == {
        "build": None,
        "attest": "build",
        "release": "attest",
        "pages": "release",
    }
    signs = jobs["attest"]
    assert not [step for step in signs.steps if step.run or step.uses == "actions/checkout"]


def test_dependabot_follows_every_pin_and_waits_a_week() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    assert {(each["package-ecosystem"], each["directory"]) for each in updates} == {
        ("github-actions", "/"),
        ("pip", "/requirements"),
    }
    assert all(each["cooldown"]["default-days"] >= 7 for each in updates)
