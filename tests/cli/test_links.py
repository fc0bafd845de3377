"""``kader links`` as a person uses it, with websites on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from pipeline.cli.main import FINDINGS, INTERRUPTED, MISTAKE, run
from tests.support import FIXTURES, ROOT
from tests.world.website import OK, free_port, redirect, silent, status, website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world.website import Website

FRONT = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\n"
PAGE = "content/regels/awb-02-luister.md"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as opened:
        opened.pages |= {"/goed": OK, "/oud": redirect(301, "/nieuw"), "/nieuw": OK, "/slot": status(401)}
        yield opened


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the small framework and work in it, with a cache of its own and no proxy."""
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    monkeypatch.chdir(tmp_path / "klein")
    monkeypatch.setenv("KADER_CACHE", str(tmp_path / "cache"))
    for name in ("KADER_LANG", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "klein"


def write(folder: Path, *addresses: str) -> None:
    text = "".join(f"Zie [stuk {number}]({address}) hierover.\n" for number, address in enumerate(addresses))
    (folder / PAGE).write_text(FRONT + text)


@pytest.fixture
def linked(small: Path, site: Website) -> Website:
    write(small, *(site.url(path) for path in ("/goed", "/weg#a", "/oud#b", "/slot")))
    return site


def links(*arguments: str) -> int:
    return run(["links", "--loopback", "--timeout", "2", *arguments])


def flowing(text: str) -> str:
    """Undo the line breaks of a terminal."""
    return " ".join(text.split())


def test_nothing_to_ask(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert links() == 0
    assert "Geen bevindingen" in capsys.readouterr().out
    assert not (small.parent / "cache/links.json").exists()


def test_what_is_dead_and_what_has_moved(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    assert links() == 0
    captured = capsys.readouterr()
    out = flowing(captured.out)
    assert f"De pagina “{linked.url('/weg#a')}” is er niet. De website geeft code 404." in out
    assert f"Bedoel je “{linked.url('/nieuw#b')}”?" in out
    assert "2 waarschuwingen in" in out
    assert "Gekeken naar 4 adressen van 1 website." in out
    assert "Bij 1 adres is niet te zien of de pagina er is: 1 achter een wachtwoord" in out
    assert captured.err == ""


def test_in_english(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    assert links("--lang", "en") == 0
    out = flowing(capsys.readouterr().out)
    assert f"There is no page “{linked.url('/weg#a')}”." in out
    assert "Looked at 4 addresses of 1 website. Of 1 address it cannot be seen" in out


@pytest.mark.usefixtures("linked")
def test_json_satisfies_its_contract_and_stays_pure(capsys: pytest.CaptureFixture[str]) -> None:
    assert links("--format", "json") == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    schema = json.loads((ROOT / "pipeline/reports/findings.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert [(each["rule"], each["line"], each["column"]) for each in report["findings"]] == [
        ("links/dead", 10, 14),
        ("links/moved", 11, 14),
    ]
    assert "Gekeken naar 4 adressen" in captured.err


@pytest.mark.parametrize("form", ["github", "sarif"])
@pytest.mark.usefixtures("linked")
def test_other_forms(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert links("--format", form, "--quiet") == 0
    captured = capsys.readouterr()
    assert "awb-02-luister.md" in captured.out
    assert captured.err == ""


def test_answers_are_kept(linked: Website, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert links("--format", "json") == 0
    first = capsys.readouterr().out
    assert (small.parent / "cache/links.json").is_file()
    number = len(linked.requests)
    assert links("--format", "json") == 0
    assert len(linked.requests) == number
    assert links("--format", "json", "--offline") == 0
    assert len(linked.requests) == number
    assert links("--format", "json", "--max-age", "0") == 0
    assert len(linked.requests) == 2 * number
    out = capsys.readouterr().out
    assert out == first * 3


def test_offline_without_answers(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    assert links("--offline", "--cache", "eigen.json") == 0
    assert linked.requests == []
    assert "Van 4 adressen is geen antwoord bewaard." in flowing(capsys.readouterr().out)
    assert not Path("eigen.json").exists()


def test_some_addresses_only(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    assert links("--only", "*/goed", "--only", "*/oud") == 0
    assert {request.target for request in linked.requests} == {"/goed", "/oud", "/nieuw"}
    assert links("--host", "127.*", "--only", "*/slot") == 0
    assert linked.asked("/slot")
    capsys.readouterr()
    assert links("--host", "*.overheid.nl") == MISTAKE
    assert "past bij --only en --host" in capsys.readouterr().err


def test_where_no_website_answers_nothing_is_called_dead(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(small, *(f"http://127.0.0.{number}:{free_port()}/a" for number in (1, 2, 3)))
    assert links() == MISTAKE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Geen enkele website geeft antwoord (3 geprobeerd). Kijk of er internet is" in captured.err
    assert not (small.parent / "cache/links.json").exists()


def test_a_dead_website_among_others(small: Path, site: Website, capsys: pytest.CaptureFixture[str]) -> None:
    dead = f"http://127.0.0.2:{free_port()}/a"
    write(small, site.url("/goed"), dead)
    assert links() == 0
    assert "niet te bereiken" in flowing(capsys.readouterr().out)
    # Asked by itself, another website is witness that there is a network.
    site.requests.clear()
    assert links("--only", dead, "--max-age", "0") == 0
    assert "niet te bereiken" in flowing(capsys.readouterr().out)
    assert site.asked("/goed") == ["HEAD"]


def test_a_schema_may_make_it_an_error(small: Path, linked: Website) -> None:
    assert links() == 0
    path = small / "schemas/framework.json"
    severities = [{"rule": "links/dead", "severity": "error", "reason": "Dode links mogen niet."}]
    path.write_text(json.dumps({**json.loads(path.read_text()), "severities": severities}))
    assert links() == FINDINGS
    assert linked.requests


def test_a_remark_is_heeded_and_no_check_calls_it_unused(
    small: Path, site: Website, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"<!-- kader: negeer links/dead want hij komt terug -->\n\nZie [het stuk]({site.url('/weg')}) hierover.\n"
    (small / PAGE).write_text(FRONT + text)
    assert links() == 0
    assert "Geen bevindingen" in capsys.readouterr().out
    assert run(["check"]) == 0
    assert "Geen bevindingen" in capsys.readouterr().out


def test_what_is_never_asked(small: Path, linked: Website) -> None:
    path = small / "schemas/framework.json"
    skipped = {"skip": [{"address": linked.url("/*"), "reason": "Alleen van binnen te zien."}]}
    path.write_text(json.dumps({**json.loads(path.read_text()), "links": skipped}))
    assert links() == 0
    assert linked.requests == []


@pytest.mark.parametrize(
    "value",
    [
        {"skip": [{"address": "https://a.nl/*"}]},
        {"skip": [{"address": "a.nl", "reason": "Zomaar."}]},
        {"skip": [{"address": "https://a.nl/*", "reason": ""}]},
        {"skp": []},
    ],
    ids=range(4),
)
def test_a_mistake_in_what_is_never_asked(small: Path, capsys: pytest.CaptureFixture[str], value: object) -> None:
    path = small / "schemas/framework.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "links": value}))
    assert run(["check", "--format", "json"]) == FINDINGS
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert finding["rule"] == "schema/invalid-schema"
    assert links() == MISTAKE


WET = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "wet.schema.json",
  "x-kind": "wet",
  "x-labels": { "nl": { "one": "wet", "many": "wetten" }, "en": { "one": "law", "many": "laws" } },
  "x-files": { "layout": "list", "file": "content/wetten.yaml" },
  "x-id": { "field": "id", "template": "urn:klein:wet:{code}", "code": "[a-z]+" },
  "type": "object",
  "properties": {
    "id": { "type": "string" },
    "celex": { "type": "string", "x-identifier": "celex" },
    "url": { "type": "string", "format": "uri", "x-identifier": "url" }
  }
}
"""


def test_a_source_of_law_whose_number_leads_nowhere(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "schemas/wet.schema.json").write_text(WET)
    (small / "content/wetten.yaml").write_text(
        "- id: urn:klein:wet:avg\n  celex: 32016R0679\n- id: urn:klein:wet:ander\n  celex: 32099R0001\n"
    )
    url = "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:"
    asked = "2026-08-02T12:00:00+00:00"
    answers = {
        f"{url}32016R0679": {"asked": asked, "status": 200, "hops": [[301, "https://eur-lex.europa.eu/elders"]]},
        f"{url}32099R0001": {"asked": asked, "status": 404},
    }
    Path("kept.json").write_text(json.dumps({"made-by": "kader links", "version": 1, "answers": answers}))
    assert links("--offline", "--cache", "kept.json", "--format", "json") == 0
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["path"], finding["line"], finding["column"], finding["field"]) == (
        "content/wetten.yaml",
        4,
        10,
        "celex",
    )
    assert finding["message"].startswith(f"Bij “32099R0001” hoort het adres “{url}32099R0001”")


def test_a_file_that_is_not_ours_stays_and_is_told(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    Path("README.md").write_text("# Van mij")
    assert links("--cache", "README.md") == 0
    assert "README.md is niet van kader" in capsys.readouterr().err
    assert Path("README.md").read_text() == "# Van mij"
    assert linked.requests


def test_a_damaged_file_is_told_and_replaced(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    Path("kept.json").write_text('{"made-by": "kader links", "vers')
    assert links("--cache", "kept.json") == 0
    assert "kept.json is beschadigd" in capsys.readouterr().err
    assert linked.url("/goed") in json.loads(Path("kept.json").read_text())["answers"]


@pytest.mark.usefixtures("linked")
def test_a_cache_that_cannot_be_written_does_not_cost_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("in the way")
    assert links("--cache", "file/kept.json") == 0
    captured = capsys.readouterr()
    assert "2 waarschuwingen" in captured.out
    assert "Schrijven naar kept.json lukt niet" in captured.err


@pytest.mark.usefixtures("linked")
def test_a_proxy_of_an_unknown_sort(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1080")
    assert links() == MISTAKE
    assert "HTTPS_PROXY" in capsys.readouterr().err


def test_a_framework_that_cannot_be_read(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "schemas/stap.schema.json").write_text("{")
    assert links() == MISTAKE
    assert "De schema's kloppen niet" in capsys.readouterr().err


def test_without_the_option_this_machine_is_not_asked(linked: Website, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links"]) == 0
    assert linked.requests == []
    assert "4 niet gevraagd" in capsys.readouterr().out


def test_ctrl_c_keeps_what_was_heard(small: Path, site: Website) -> None:
    site.pages["/zwijgt"] = silent
    write(small, site.url("/goed"), site.url("/zwijgt", host="127.0.0.1"))
    command = [sys.executable, "-m", "pipeline", "links", "--loopback", "--timeout", "60", "--root", str(small)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        for _ in range(200):
            if site.asked("/zwijgt"):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == INTERRUPTED
    assert (out, err.strip()) == (b"", b"")
    kept = json.loads((small.parent / "cache/links.json").read_text())["answers"]
    assert list(kept) == [site.url("/goed")]


NO_SOCKETS = """
import sys
def watch(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(watch)
from pipeline.cli.main import run
code = run(sys.argv[1:])
assert "aiohttp" not in sys.modules
print(code)
"""


@pytest.mark.parametrize("arguments", [["check"], ["build"], ["links", "--offline"]])
def test_nothing_else_opens_a_socket(small: Path, arguments: list[str]) -> None:
    write(small, "https://voorbeeld.nl/a", "http://127.0.0.1:1/")
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, *arguments, "--root", str(small)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "0"


def test_the_guard_of_that_test_works(small: Path) -> None:
    write(small, "http://127.0.0.1:1/")
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, "links", "--loopback", "--root", str(small)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "socket." in done.stderr
