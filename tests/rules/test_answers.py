"""What answers of websites mean, and which addresses are asked for at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.links.answers import DOUBTFUL, Answer, Hop, judge
from pipeline.rules.links.outside import answered, outsides, to_ask
from pipeline.rules.run import check_answers
from tests.rules.test_cases import read_answer
from tests.support import small_framework

PAGE = "content/regels/awb-02-luister.md"
FRONT = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\n"


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("https://a.nl/b 200", "fine"),
        ("https://a.nl/b 206", "fine"),
        ("https://a.nl/b 404", "dead"),
        ("https://a.nl/b name", "dead"),
        ("https://a.nl/b 302 https://b.nl/ unreachable", "dead"),
        ("https://a.nl/b 403", "locked"),
        ("https://a.nl/b 999", "locked"),
        ("https://a.nl/b 429", "busy"),
        ("https://a.nl/b 503", "failing"),
        ("https://a.nl/b 400", "unclear"),
        ("https://a.nl/b 301", "unclear"),
        ("https://a.nl/b proxy", "unclear"),
        ("https://a.nl/b spared", "not-asked"),
        # Front pages: of the site, in a language, with a file's name.
        ("https://a.nl/b 301 https://www.a.nl/ 200", "lost"),
        ("https://a.nl/b 301 https://a.nl/nl-NL/index.html 200", "lost"),
        ("https://a.nl/b 301 https://a.nl/ 302 https://a.nl/nl 200", "lost"),
        ("https://a.nl/b 302 https://a.nl/ 200", "fine"),
        ("https://a.nl/b 301 https://a.nl/?melding=weg 200", "moved"),
        ("https://a.nl/b 301 https://a.nl/ai 200", "moved"),
        ("https://a.nl/b 301 https://a.nl/ 301 https://a.nl/c 200", "unclear"),
        ("https://a.nl/index.html 301 https://a.nl/ 200", "moved"),
        ("https://a.nl/nl/home 301 https://a.nl/ 200", "moved"),
        ("https://a.nl/ 301 https://a.nl/nl 200", "fine"),
        # A short address may be another name for a whole site.
        ("https://go.nl/b 301 https://b.nl/ 200", "moved"),
        ("https://go.nl/a/b 301 https://b.nl/ 200", "lost"),
        # Trifles, and pages in between.
        ("https://a.nl/b 301 https://a.nl/b/ 200", "fine"),
        ("https://a.nl/b?c=%65 301 https://a.nl/b?c=e 200", "fine"),
        ("https://a.nl/b 301 http://a.nl/c 200", "fine"),
        ("https://a.nl/b 301 https://a.nl/c?utm_source=x 200", "unclear"),
        ("https://a.nl/b 301 https://sso.a.nl/auth 200", "unclear"),
        ("https://a.nl/b 301 https://a.nl/404.html 200", "unclear"),
        ("https://a.nl/b 301 https://a.nl/authenticatie 200", "moved"),
        ("https://a.nl/b 301 https://a.nl/c 302 https://a.nl/login 200", "moved"),
        (f"https://a.nl/b 301 https://a.nl/{'c' * 2000} 200", "unclear"),
        ("https://a.nl/b 303 https://a.nl/c 301 https://a.nl/d 200", "fine"),
    ],
)
def test_verdicts(line: str, sort: str) -> None:
    address, answer = read_answer(line)
    assert judge(address, answer).sort == sort


words = st.text(max_size=20) | st.sampled_from(["https://a.nl/", "http://[", "//", "https://a.nl/b?c#d"])


@given(
    words,
    st.builds(
        Answer,
        status=st.integers(),
        trouble=st.just("") | st.text(max_size=5),
        hops=st.lists(st.builds(Hop, status=st.sampled_from([301, 302, 308]), address=words)).map(tuple),
    ),
)
def test_every_answer_has_a_verdict(address: str, answer: Answer) -> None:
    verdict = judge(address, answer)
    assert verdict.sort in {"fine", "dead", "lost", "moved", *DOUBTFUL}
    assert (verdict.sort == "moved") == bool(verdict.address)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://a.nl/b#c", "https://a.nl/b"),
        ("HTTPS://A.nl", "https://a.nl/"),
        (" https://a.nl/B?c=D ", "https://a.nl/B?c=D"),
        ("https://a.nl/b?", "https://a.nl/b"),
        ("https://ë.nl/ë", "https://ë.nl/ë"),
        ("mailto:a@b.nl", ""),
        ("javascript:alert(1)", ""),
        ("//a.nl/b", ""),
        ("https:///b", ""),
        ("https://[", ""),
        ("https://a b.nl/", ""),
        ("", ""),
    ],
)
def test_what_is_asked_for(written: str, asked: str) -> None:
    assert to_ask(written) == asked


def test_each_address_is_asked_for_once_with_all_its_places() -> None:
    text = (
        "[a](https://a.nl/b) ![b](https://a.nl/b#c) <https://A.nl/b> https://a.nl/b [d]\n\n[d]: https://a.nl/b 'e'\n\n"
        '<a href="https://a.nl/b">f</a>\n\n`https://a.nl/code` [g](mailto:a@b.nl) [h](x.md) [i](http//mis.nl)\n\n'
        "[j](https://klein.example/kader/regels/avg-99/)\n\n```\nhttps://a.nl/voorbeeld\n```\n"
    )
    framework = small_framework({PAGE: FRONT.replace("\n---\n\n", "\nbron: https://a.nl/b\n---\n\n") + text})
    [outside] = outsides(framework)
    assert outside.address == "https://a.nl/b"
    places = [spot.location.text for spot in outside.spots]
    assert places == [
        *("https://a.nl/b", "https://a.nl/b#c", "https://A.nl/b", "https://a.nl/b", "https://a.nl/b"),
        *("https://a.nl/b", "https://a.nl/b"),
    ]


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("https://a.nl/oud#c", "https://a.nl/nieuw#c"),
        ('"https://a.nl/oud"', '"https://a.nl/nieuw"'),
        ("'https://a.nl/oud' # noot", "'https://a.nl/nieuw' # noot"),
        (">-\n  https://a.nl/oud", ">-\n  https://a.nl/nieuw"),
        (r'"https:\/\/a.nl/oud"', None),
    ],
)
def test_a_new_address_is_offered_for_a_field(field: str, after: str | None) -> None:
    text = FRONT.replace("\n---\n\n", f"\nbron: {field}\n---\n\n") + "Luister goed."
    framework = small_framework({PAGE: text})
    moved = Answer(status=200, hops=(Hop(status=301, address="https://a.nl/nieuw"),))
    [finding] = check_answers(framework, answered(outsides(framework), {"https://a.nl/oud": moved}))
    assert (finding.rule, finding.problem.field) == ("links/moved", "bron")
    fix = finding.problem.fix
    if after is None:
        assert fix is None
        return
    assert fix is not None
    assert not fix.safe
    [edit] = fix.edits
    mended = text[: edit.location.start] + edit.replacement + text[edit.location.end :]
    assert mended == text.replace(field, after)


def test_many_addresses_take_no_ages() -> None:
    text = "".join(f"[a](https://a.nl/{number}) [b](https://b{number}.nl/)\n\n" for number in range(5000))
    framework = small_framework({PAGE: FRONT + text})
    found = outsides(framework)
    assert len(found) == 10_000
    gone = dict.fromkeys((each.address for each in found), Answer(status=404))
    assert len(check_answers(framework, answered(found, gone))) == 10_000
