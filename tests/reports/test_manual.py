from __future__ import annotations

import io

import pytest

from pipeline.errors import UserError
from pipeline.reports.manual import find_rule, write_rule, write_rules
from pipeline.rules.registry import rules
from pipeline.text import display_width
from tests.reports.samples import RULES


def page(name: str, language: str = "nl", width: int = 40) -> str:
    stream = io.StringIO()
    write_rule(find_rule(name, RULES), stream, language=language, width=width, colour=False)
    return stream.getvalue()


def test_the_page_of_a_rule() -> None:
    expected = """\
schema/empty-value (waarschuwing)

Wat de regel zegt
  Het veld “…” is leeg.

Wat je kunt doen
  Vul het in.

Uitleg (Engels)
  A field has no value.

  Nobody sees it.

  Bad:

      titel:

  Mend it: fill it in.
"""
    assert page("schema/empty-value") == expected


def test_every_message_of_a_rule_is_shown() -> None:
    assert page("unknown-target").startswith("""\
references/unknown-target (fout)

Wat de regel zegt
  Er is geen … “…”.
  “…” is geen soort. Schrijf
  {soort:code}.

Wat je kunt doen
  De lezer mist nu deze relatie. Gebruik
  de code van een bestaande pagina.
""")


def test_the_list_of_rules() -> None:
    stream = io.StringIO()
    write_rules(RULES, stream, language="en", width=60, colour=False)
    expected = """\
source: Can the file be read at all, and as what its author
  meant.
  source/trailing-space (notice)
    Spaces at the ends of lines.

schema: Front matter and lists, held against the schema of
  their kind.
  schema/empty-value (warning)
    A field has no value.

references: What entries say about each other.
  references/unknown-target (error)
    A reference names an entry that does not exist.
"""
    assert stream.getvalue() == expected


@pytest.mark.parametrize("name", list(rules()))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_real_pages_fit(name: str, language: str) -> None:
    stream = io.StringIO()
    write_rule(rules()[name], stream, language=language, width=60, colour=False)
    for line in stream.getvalue().splitlines():
        assert display_width(line) <= 60 or " " not in line.strip() or line.startswith("      "), line


@pytest.mark.parametrize("name", ["references/unknown-target", "unknown-target"])
def test_a_rule_is_found_with_and_without_its_family(name: str) -> None:
    assert find_rule(name, RULES).name == "references/unknown-target"


@pytest.mark.parametrize("name", ["reference/unknown-target", "unknwon-target"])
def test_a_name_with_a_typing_error(name: str) -> None:
    with pytest.raises(UserError) as raised:
        find_rule(name, RULES)
    assert raised.value.text.en == f"There is no rule “{name}”. Did you mean “references/unknown-target”?"


def test_a_name_like_no_other() -> None:
    with pytest.raises(UserError) as raised:
        find_rule("x\u202e", RULES)
    assert raised.value.text.nl == "Er is geen regel “x\\u202e”."
