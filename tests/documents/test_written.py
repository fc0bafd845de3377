"""Bodies read again: what stands on a page as it was written, and passages that were left behind."""

from __future__ import annotations

import pytest

from pipeline.documents.markdown import parse_markdown
from pipeline.documents.written import literals_of, passages_of
from pipeline.text import Source

TEXT = """\
# Kop

Een zin met `code` erin.

```python
x = 1

y  =  2
```

    ingesprongen

- punt

  ~~~
  in een lijst
  ~~~

<!-- een remark
over twee regels -->

<div>Ruw <!-- niet --> HTML</div>
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_code_and_raw_html_by_line_with_its_place(line_end: str) -> None:
    head = "---\na: b\n---\n"
    text = (head + TEXT).replace("\n", line_end)
    start = len(head.replace("\n", line_end))
    found = literals_of(Source(path="a.md", text=text), start, "commonmark")
    assert [each.lines for each in found] == [
        ("x = 1", "y = 2"),
        ("ingesprongen",),
        ("in een lijst",),
        ("<div>Ruw HTML</div>",),
    ]
    assert [text[each.start :].split(line_end)[0] for each in found] == [
        "```python",
        "    ingesprongen",
        "  ~~~",
        "<div>Ruw <!-- niet --> HTML</div>",
    ]


def test_text_without_any() -> None:
    assert literals_of(Source(path="a.md", text="# Kop\n\n- a\n    - b\n\n<!-- c -->\n"), 0, "commonmark") == ()


@pytest.mark.parametrize("dialect", ["commonmark", "python-markdown"])
def test_passages_are_those_of_the_first_reading(dialect: str) -> None:
    source = Source(path="a.md", text=TEXT.replace("zin\n", "zin\r\n"))
    assert passages_of(source, 0, dialect) == parse_markdown(source, 0, dialect=dialect, slugs="github").passages
