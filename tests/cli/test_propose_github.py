"""``kader propose`` against a GitHub: what is there afterwards, whatever somebody wrote and whatever went wrong."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from pipeline.cli.main import MISTAKE, run
from pipeline.sync.proposals.standing import MARKER
from tests.cli.test_forms import small
from tests.github.faults import Fault
from tests.github.hub import Hub
from tests.github.state import WORKFLOW, Pull
from tests.sync.filled_in import FORM, body_of
from tests.sync.test_draft import PATH, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.github.hub import Seen
    from tests.github.state import Issue

    Propose = Callable[..., int]

__all__ = ["small"]

LABELS = FORM["labels"]
PERMISSIONS = {"contents": "write", "issues": "write", "pull-requests": "write"}


@pytest.fixture
def propose(hub: Hub, small: Path, monkeypatch: pytest.MonkeyPatch) -> Propose:
    """Run the command for an issue, as a workflow does."""
    hub.permissions = PERMISSIONS

    def proposed(issue: Issue, *options: str, action: str = "opened") -> int:
        path = small / "event.json"
        # The body of an event is older than the issue: it must not count.
        path.write_text(json.dumps({"action": action, "issue": {"number": issue.number, "body": "oud"}}))
        for name, value in {**hub.environment(), "GITHUB_EVENT_PATH": str(path)}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("GITHUB_EVENT_NAME", "issues")
        hub.requests.clear()
        return run(["propose", *options])

    return proposed


def filled_in(hub: Hub, body: str | None = None, by: str = "inwoner") -> Issue:
    return hub.issue("Voorstel voor een regel", body_of() if body is None else body, by=by, labels=LABELS)


def pulls(hub: Hub) -> list[Pull]:
    return [each for each in hub.issues.values() if isinstance(each, Pull)]


def content(hub: Hub, branch: str) -> dict[str, str]:
    """Give what a branch has beside what the default branch has."""
    before, after = (hub.git.files(hub.refs[f"refs/heads/{each}"]) for each in (hub.default_branch, branch))
    assert before.keys() <= after.keys()
    return {path: hub.git.blobs[entry.sha].decode() for path, entry in after.items() if before.get(path) != entry}


def operations(hub: Hub) -> list[str]:
    return [seen.operation for seen in hub.writes]


def test_an_issue_becomes_a_pull_request(hub: Hub, propose: Propose, capsys: pytest.CaptureFixture[str]) -> None:
    issue = filled_in(hub)
    assert propose(issue) == 0
    (pull,) = pulls(hub)
    assert capsys.readouterr().out == f"Issue {issue.number}: pull request {pull.number}.\n"
    assert (pull.head, pull.base, pull.author) == ("voorstel/1", "main", WORKFLOW)
    assert pull.title == "Voorstel: Doe vooraf een DPIA (regel)"
    assert "Closes #1\n" in (pull.body or "")
    assert content(hub, pull.head) == {PATH: TEXT.replace("2026-11-26", issue.created[:10])}
    head = hub.git.commits[hub.refs["refs/heads/voorstel/1"]]
    assert head.parents == (hub.refs["refs/heads/main"],)
    assert head.author.name == WORKFLOW
    (comment,) = issue.comments
    assert comment.author == WORKFLOW
    assert comment.body.startswith(MARKER)
    assert (
        f"[pull request {pull.number}](https://redirect.github.com/{hub.full_name}/pull/{pull.number})" in comment.body
    )
    assert operations(hub) == [
        "git/create-tree",
        "git/create-commit",
        "git/create-ref",
        "pulls/create",
        "issues/create-comment",
    ]
    assert len(hub.requests) <= 17


def test_a_second_run_writes_nothing(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    propose(issue)
    for action in ("opened", "edited", "reopened"):
        assert propose(issue, action=action) == 0
        assert operations(hub) == []


def test_missing_answers_get_one_comment(hub: Hub, propose: Propose, capsys: pytest.CaptureFixture[str]) -> None:
    issue = filled_in(hub, body_of(Titel="", Bron="geen adres"))
    assert propose(issue) == 0
    assert capsys.readouterr().out == "Issue 1: een reactie, geen voorstel.\n"
    assert operations(hub) == ["issues/create-comment"]
    (comment,) = issue.comments
    assert "- **Titel**: Dit is nog leeg. Wat moet er?" in comment.body
    propose(issue)
    assert operations(hub) == []
    # Mended: the same comment, and now a proposal.
    issue.body = body_of().replace("\n", "\r\n")
    propose(issue, action="edited")
    assert len(issue.comments) == len(pulls(hub)) == 1
    assert "Er staat nu een voorstel klaar" in comment.body


def test_an_edit_comes_on_the_branch_with_the_same_id(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    propose(issue)
    first = hub.refs["refs/heads/voorstel/1"]
    issue.body = body_of(Titel="Doe achteraf een DPIA")
    propose(issue, action="edited")
    assert operations(hub) == ["git/create-tree", "git/create-commit", "git/update-ref"]
    (file,) = content(hub, "voorstel/1").items()
    assert file[0] == PATH
    assert "id: urn:klein:regel:avg-51\ntitle: Doe achteraf een DPIA\n" in file[1]
    assert hub.git.commits[hub.refs["refs/heads/voorstel/1"]].parents == (first,)
    assert len(pulls(hub)) == len(issue.comments) == 1


def test_a_code_that_others_got_first_is_given_up_everywhere(hub: Hub, propose: Propose, small: Path) -> None:
    issue = filled_in(hub)
    propose(issue)
    (pull,) = pulls(hub)
    pull.body = (pull.body or "").replace("- [ ] De tekst", "- [x] De tekst").replace("\n", "\r\n")
    taken = TEXT.replace("Doe vooraf een DPIA", "Iets anders")
    (small / "content/regels/avg-51-iets-anders.md").write_text(taken)
    left = [Fault.BROKEN_BEFORE, Fault.BROKEN_BEFORE, Fault.BROKEN_BEFORE]
    hub.fault = lambda seen: left.pop() if seen.operation == "pulls/update" and left else None
    # What was not done the first time is done the next.
    assert [propose(issue), propose(issue)] == [MISTAKE, 0]
    assert pull.body.startswith("<!-- kader:propose urn:klein:regel:avg-52 -->\r\n")
    assert "`content/regels/avg-52-doe-vooraf-een-dpia.md`.\r\n" in pull.body
    assert "avg-51" not in pull.body
    assert "- [x] De tekst" in pull.body
    propose(issue)
    assert operations(hub) == []
    # And nobody else gets it.
    other = filled_in(hub, body_of(Titel="Doe achteraf een DPIA"))
    propose(other)
    assert list(content(hub, f"voorstel/{other.number}")) == ["content/regels/avg-53-doe-achteraf-een-dpia.md"]


def test_an_edit_that_breaks_the_answers_leaves_the_proposal(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    propose(issue)
    before = content(hub, "voorstel/1")
    issue.body = body_of(Titel="")
    propose(issue, action="edited")
    assert operations(hub) == ["issues/update-comment"]
    assert "blijft zoals het was" in issue.comments[0].body
    assert content(hub, "voorstel/1") == before


def test_two_proposals_get_two_codes(hub: Hub, propose: Propose) -> None:
    one, two = filled_in(hub), filled_in(hub, body_of(Titel="Doe achteraf een DPIA"))
    propose(one)
    propose(two)
    assert list(content(hub, f"voorstel/{two.number}")) == ["content/regels/avg-52-doe-achteraf-een-dpia.md"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"Regel": "&a [*a, *a] " * 5_000}, "samen te lang"),
        ({"Regel": "[" * 9_000}, "**Regel**: Dit is te lang"),
        ({"Titel": "🎉🎉🎉"}, "**Titel**: In `🎉🎉🎉` staat geen letter"),
        ({"Zie ook": "\n".join(f"avg-{number}" for number in range(900))}, "**Zie ook**: Dit zijn er te veel"),
    ],
    ids=["body", "answer", "emoji", "list"],
)
def test_too_much_is_refused_in_a_few_words(hub: Hub, propose: Propose, answers: dict[str, str], told: str) -> None:
    issue = filled_in(hub, body_of(answers))
    assert propose(issue) == 0
    assert operations(hub) == ["issues/create-comment"]
    assert told in issue.comments[0].body
    assert len(issue.comments[0].body) < 2_000


# What people did in between


def test_a_branch_that_somebody_worked_on_is_left_alone(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    propose(issue)
    theirs = hub.commit({PATH: TEXT + "Beter.\n"}, "Verbeter de tekst", branch="voorstel/1")
    issue.body = body_of(Titel="Iets heel anders")
    propose(issue, action="edited")
    assert operations(hub) == ["issues/update-comment"]
    assert "Anderen hebben verder gewerkt" in issue.comments[0].body
    assert hub.refs["refs/heads/voorstel/1"] == theirs


def test_a_commit_with_our_message_but_other_content_is_not_ours(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    propose(issue)
    message = hub.git.commits[hub.refs["refs/heads/voorstel/1"]].message
    theirs = hub.commit({PATH: "anders"}, message, branch="voorstel/1")
    issue.body = body_of(Titel="Iets heel anders")
    propose(issue, action="edited")
    assert hub.refs["refs/heads/voorstel/1"] == theirs


def test_a_branch_that_is_moved_while_we_work_is_not_moved_back(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    propose(issue)
    issue.body = body_of(Titel="Iets heel anders")
    theirs: list[str] = []

    def meanwhile(seen: Seen) -> Fault | None:
        if seen.operation == "git/create-commit" and not theirs:
            theirs.append(hub.commit({PATH: "van iemand anders"}, "Verbeter de tekst", branch="voorstel/1"))
        return None

    hub.fault = meanwhile
    assert propose(issue, action="edited") == 0
    assert hub.refs["refs/heads/voorstel/1"] == theirs[0]
    assert "Anderen hebben verder gewerkt" in issue.comments[0].body


@pytest.mark.parametrize("merged", [True, False])
def test_after_the_decision_nothing_changes(hub: Hub, propose: Propose, *, merged: bool) -> None:
    issue = filled_in(hub)
    propose(issue)
    (pull,) = pulls(hub)
    if merged:
        hub.merge(pull)
        hub.reopen(issue)
    else:
        hub.close(pull)
    issue.body = body_of(Titel="Iets heel anders")
    propose(issue, action="edited")
    assert operations(hub) == ["issues/update-comment"]
    assert ("is overgenomen" if merged else "is gesloten") in issue.comments[0].body
    assert len(pulls(hub)) == 1


def test_a_fork_with_our_branch_does_not_count(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    theirs = hub.pull("Nep", {"x.md": "x"}, fork="indringer")
    theirs.body = "<!-- kader:propose urn:klein:regel:avg-51 -->"
    repository = hub.git.refs["indringer/algoritmekader"]
    repository["refs/heads/voorstel/1"] = repository[f"refs/heads/{theirs.head}"]
    theirs.head = "voorstel/1"
    propose(issue)
    mine = [pull for pull in pulls(hub) if pull.author == WORKFLOW]
    assert [pull.head for pull in mine] == ["voorstel/1"]
    assert list(content(hub, "voorstel/1")) == [PATH]


def test_a_comment_of_somebody_else_is_left_alone(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    forged = hub.comment(issue, f"{MARKER}\n\nNep", by="indringer")
    propose(issue)
    assert forged.body == f"{MARKER}\n\nNep"
    assert [each.author for each in issue.comments] == ["indringer", WORKFLOW]


def test_people_whose_account_is_gone_stop_nobody(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    hub.comment(issue, f"{MARKER}\n\nVan iemand die er niet meer is", by="")
    hub.pull("Van iemand die er niet meer is", {"x.md": "x"}).author = ""
    assert propose(issue) == 0
    assert [each.head for each in pulls(hub) if each.author == WORKFLOW] == ["voorstel/1"]
    assert len(issue.comments) == 2


# What is none of our business


@pytest.mark.parametrize(
    "make",
    [
        lambda hub: hub.issue("Zonder labels", body_of()),
        lambda hub: hub.issue("Half", body_of(), labels=["voorstel"]),
        lambda hub: hub.issue("Andere kopjes", "### Iets\n\nanders", labels=LABELS),
        lambda hub: hub.issue("Leeg", None, labels=LABELS),
        lambda hub: hub.issue("Dicht", body_of(), labels=LABELS, state="closed"),
        lambda hub: hub.issue("Van een bot", body_of(), labels=LABELS, by="dependabot[bot]"),
        lambda hub: hub.issue("Van niemand", body_of(), labels=LABELS, by=""),
    ],
    ids=["no labels", "some labels", "other headings", "empty", "closed", "bot", "gone"],
)
def test_other_issues_are_left_alone(
    hub: Hub, propose: Propose, make: Callable[[Hub], Issue], capsys: pytest.CaptureFixture[str]
) -> None:
    assert propose(make(hub)) == 0
    assert capsys.readouterr().out.startswith("Issue 1 is overgeslagen: ")
    assert [seen.operation for seen in hub.requests] == ["issues/get"]


def test_a_pull_request_is_no_issue(hub: Hub, propose: Propose) -> None:
    pull = hub.pull("Een voorstel", {"x.md": "x"})
    pull.body = body_of()
    pull.labels = list(LABELS)
    assert propose(pull) == 0
    assert operations(hub) == []


def test_one_person_cannot_keep_everybody_busy(hub: Hub, propose: Propose) -> None:
    issues = [filled_in(hub, body_of(Titel=f"Doe taak {'x' * number}")) for number in range(1, 5)]
    other = filled_in(hub, by="iemand-anders")
    for issue in [*issues, other]:
        propose(issue, "--most", "3")
    assert {pull.head for pull in pulls(hub)} == {"voorstel/1", "voorstel/2", "voorstel/3", "voorstel/5"}
    assert "Er wachten er al 3 van jou" in issues[3].comments[0].body
    propose(issues[3], "--most", "3")
    assert operations(hub) == []


def test_closing_an_issue_makes_no_room_for_another_proposal(hub: Hub, propose: Propose) -> None:
    for number in range(1, 6):
        issue = filled_in(hub, body_of(Titel=f"Doe taak {'x' * number}"))
        propose(issue, "--most", "3")
        hub.close(issue)
    assert len(pulls(hub)) == 3
    # One that was decided on does.
    hub.close(pulls(hub)[0])
    issue = filled_in(hub, body_of(Titel="Doe nog iets"))
    propose(issue, "--most", "3")
    assert len(pulls(hub)) == 4


def test_a_token_of_another_makes_nothing_twice(
    hub: Hub, propose: Propose, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hub, "environment", lambda: Hub.environment(hub, "redacteur"))
    issue = filled_in(hub)
    assert propose(issue) == MISTAKE
    assert "Dit token schrijft als redacteur" in capsys.readouterr().err
    # Who it is does not depend on capitals.
    assert propose(issue, "--author", "Redacteur") == 0
    assert propose(issue, "--author", "redacteur") == 0
    assert operations(hub) == []
    assert len(pulls(hub)) == len(issue.comments) == 1


def test_the_rights_that_are_missing_are_named(hub: Hub, propose: Propose, capsys: pytest.CaptureFixture[str]) -> None:
    issue = filled_in(hub)
    hub.permissions = {"contents": "read", "issues": "write", "pull-requests": "write"}
    assert propose(issue) == MISTAKE
    assert "permissions" in capsys.readouterr().err
    assert not pulls(hub)


# Trouble on the way


def outcome(hub: Hub) -> tuple[list[tuple[str, str]], list[Pull], dict[str, dict[str, str]]]:
    """Give what is there in the end, but for what depends on the time."""
    issue = hub.issues[1]
    return (
        [(each.author, each.body) for each in issue.comments],
        pulls(hub),
        {name: content(hub, name.removeprefix("refs/heads/")) for name in hub.refs if "voorstel" in name},
    )


STEPS = ("git/create-tree", "git/create-commit", "git/create-ref", "pulls/create", "issues/create-comment")


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("step", STEPS)
def test_trouble_at_any_write_ends_in_the_same(hub: Hub, propose: Propose, step: str, fault: Fault) -> None:
    issue = filled_in(hub)
    left = [fault]

    def trouble(seen: Seen) -> Fault | None:
        return left.pop() if seen.operation == step and left else None

    hub.fault = trouble
    code = propose(issue)
    if code:
        assert code == MISTAKE
        propose(issue)
    assert not left
    comments, made, branches = outcome(hub)
    assert len(comments) == len(made) == len(branches) == 1
    assert "Er staat nu een voorstel klaar" in comments[0][1]
    assert list(branches["refs/heads/voorstel/1"]) == [PATH]
    hub.fault = lambda _seen: None
    propose(issue)
    assert operations(hub) == []


@pytest.mark.parametrize("fault", [Fault.BROKEN_AFTER, Fault.CUT_BEFORE], ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("step", ["git/create-tree", "git/create-commit", "git/update-ref", "issues/update-comment"])
def test_trouble_at_an_edit_ends_in_the_same(hub: Hub, propose: Propose, step: str, fault: Fault) -> None:
    issue = filled_in(hub)
    propose(issue)
    issue.body = body_of(Titel="Doe achteraf een DPIA", Regel="Woord. " * 60)
    left = [fault]
    hub.fault = lambda seen: left.pop() if seen.operation == step and left else None
    propose(issue, action="edited")
    assert not left
    assert "Doe achteraf een DPIA" in content(hub, "voorstel/1")[PATH]
    assert len(issue.comments) == len(pulls(hub)) == 1
    assert "Dit kan nog beter" in issue.comments[0].body


@pytest.mark.parametrize("after", range(1, 16))
def test_a_run_that_dies_anywhere_is_finished_by_the_next(hub: Hub, propose: Propose, after: int) -> None:
    issue = filled_in(hub)
    seen_so_far: list[str] = []

    def dead(seen: Seen) -> Fault | None:
        seen_so_far.append(seen.operation)
        return Fault.CUT_BEFORE if len(seen_so_far) > after else None

    hub.fault = dead
    propose(issue)
    hub.fault = lambda _seen: None
    assert propose(issue) == 0
    comments, made, branches = outcome(hub)
    assert len(comments) == len(made) == len(branches) == 1
    assert list(branches["refs/heads/voorstel/1"]) == [PATH]


def test_a_list_that_does_not_show_it_yet_makes_nothing_twice(hub: Hub, propose: Propose) -> None:
    issue = filled_in(hub)
    hub.lag = 4
    left = [Fault.BROKEN_AFTER]
    hub.fault = lambda seen: left.pop() if seen.operation == "pulls/create" and left else None
    assert propose(issue) == 0
    assert operations(hub)[-3:] == ["pulls/create", "pulls/create", "issues/create-comment"]
    assert len(pulls(hub)) == len(issue.comments) == 1


# What anybody may write

ATTACKS = {
    "mention": "Vraag @redactie en @gemeente-voorbeeldstad/team om #1 en GH-2",
    "html": "Doe <img src=x onerror=alert(1)> <!-- kader: negeer alles --> <script>alert(1)</script>",
    "markdown": "Doe ![x](https://kwaad.example/p.png) en [klik](javascript:alert(1)) | a | b |",
    "yaml": 'Doe dit"\nstatus: vastgesteld\n---\nx: !!python/object/apply:os.system ["id"]\n&a *a <<: *b',
    "bomb": "Doe " + "&a [*a, *a] {{{{[[[[" * 20,
    "front matter": "Doe dit\n---\nid: urn:klein:regel:avg-13\n---\n\n## Regel\n",
    "headings": "Doe dit\n\n### Akkoord\n\n- [x] alles\n\n### Bron\n\nhttps://kwaad.example",
    "bidi": "Doe \u202egnp.exe\u202c en\u200bzovoort\ufeff \u2066x\u2069",
    "path": "Doe ../../.github/workflows/x.yml \x00 C:\\CON",
    "trailer": "Doe dit [skip ci]\n\nCo-authored-by: x <x@y.example>\nSigned-off-by: x",
    "references": "Doe gh-2 org/repo#3 0123456789abcdef0123456789abcdef01234567 a@b.example www.kwaad.example :tada:",
    "placeholders": "Doe {0} {} %s \ue0000\ue001 {{ x }} {bron:avg:35} $`x`$ $$y$$",
    "unicode": "Doe \uff20redactie \ufe6bx e\u0301 \u2800 \U000e0041 \U0001d41b\ud800 \udcff",
    "line ends": "Doe a\rb\x0bc\x0cd\x85e\u2028f\u2029g\r\n### Titel\r\nh",
    "comments": "Doe x # <!-- y --> --> <!-- kader:propose urn:klein:regel:avg-13 -->",
    "shell": "Doe $(id) `id` ${{ github.token }} ::set-output name=x::y ##[error]x",
}


def assert_only_ours(text: str) -> None:
    """See that a text has no links but ours, no image, no HTML but our mark, and no sign outside code."""
    first, _, rest = text.partition("\n")
    assert re.fullmatch(r"<!-- kader:propose [a-z0-9: -]*-->", first)
    plain = ""
    for token in MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(rest):
        assert token.type != "html_block"
        for child in token.children or ():
            assert child.type not in {"html_inline", "image"}
            if child.type == "link_open":
                assert str(child.attrs["href"]).startswith("https://redirect.github.com/gemeente-voorbeeldstad/")
            plain += child.content if child.type == "text" else " "
    assert not re.search(r"@|GH-\d|kwaad|\u202e|#(?!1\b|##)", plain)


@pytest.mark.parametrize("label", ["Titel", "Regel", "Stappen", "Zie ook", "Bron", "Aantal"])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_that_is_written_gets_out(hub: Hub, propose: Propose, label: str, attack: str) -> None:
    issue = filled_in(hub, body_of({label: attack}))
    assert propose(issue) == 0
    assert [name for name in hub.refs if "voorstel" not in name] == ["refs/heads/main"]
    for text in (*(comment.body for comment in issue.comments), *(pull.body or "" for pull in pulls(hub))):
        assert_only_ours(text)
    for pull in pulls(hub):
        assert not re.search(r"[@#<>`\[\]:/]|GH-\d", pull.title.removeprefix("Voorstel:"), re.IGNORECASE)
    for pull in pulls(hub):
        ((path, text),) = content(hub, pull.head).items()
        assert path.startswith("content/regels/avg-51-")
        assert text.count("\n---\n") == 1
        assert "\nstatus: concept\n" in text
        assert "\nid: urn:klein:regel:avg-51\n" in text
        assert "\u202e" not in text
        assert hub.git.commits[hub.refs[f"refs/heads/{pull.head}"]].message.startswith(
            "Voorstel uit issue 1\n\nBestand: "
        )
