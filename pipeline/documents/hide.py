"""What Python-Markdown takes out of a body before it looks for blocks: code and raw HTML.

After its preprocessors (white space made even), pymdownx's superfences and md_in_html.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, Final

from pipeline.documents.nodes import HIDDEN
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.nodes import Row

_TAB: Final = 4
_FENCE = lazy_pattern(
    r"(?P<before>[> ]*+)(?P<fence>`{3,}+|~{3,}+)[ ]*+\.?(?:[\w#.+-]++(?=[ {]|$))?"
    r"(?: *+\{.*\}|(?: *+(?:hl_lines|linenums|title)=(?:\"[^\"]*+\"|'[^']*+'))*+) *+$"
)
_HTML = lazy_pattern(r" {0,3}<(?:(?P<comment>!--)|(?P<tag>[a-zA-Z][^\s/>`]*+)|(?P<other>[?!]))")
_TOKEN = lazy_pattern(
    r"<!--|<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>`]*+)(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+)>"
)
_MARKDOWN = lazy_pattern(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|markdown|span)[\"']?)?(?=[\s/]|$)")
_BLOCK = lazy_pattern(r" {0,3}/{3,} *+(?P<name>[\w-]++ *+(?:\|.*)?)?$")
_MOST_UNWRAPPED: Final = 50
_DEEPEST: Final = 500
_BLOCKS: Final = lazy_pattern(
    r"address|article|aside|blockquote|body|canvas|center|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|group|h[1-6]|header|hgroup|hr|html|iframe|legend|li|main|map|math|menu|nav|noscript|object|ol|"
    r"option|output|p|pre|progress|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|"
    r"ul|video"
)


def hide(text: str) -> list[Row]:
    """Give the rows of a body as Python-Markdown's blocks see them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows: list[Row] = []
    for number, line in enumerate(lines):
        even = line.expandtabs(_TAB) if "\t" in line else line
        rows.append((even if even.strip(" ") else "", number))
    if "```" in text or "~~~" in text:
        rows = _without_fences(rows)
    if "///" in text:
        rows = _without_blocks(rows)
    return _without_html(rows) if "<" in text else rows


def _without_fences(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    opened = -1
    before = ""
    fence = ""
    for row, number in rows:
        kept.append((row, number))
        if opened < 0:
            match = _FENCE.match(row)
            if match:
                opened, before, fence = len(kept) - 1, match["before"], match["fence"]
            continue
        content, margin = row[len(before) :], row[: len(before)]
        if (row and not row.startswith(before)) if ">" not in before else margin.count(">") > before.count(">"):
            opened = -1
        elif content.rstrip(" ") == fence:
            del kept[opened + 1 :]
            kept[opened] = (before + HIDDEN, kept[opened][1])
            opened = -1
    return kept


def _without_blocks(rows: list[Row]) -> list[Row]:
    """Take out the lines that begin and end pymdownx's blocks, ``/// html`` and ``///``; what is in them stays."""
    kept: list[Row] = []
    opened = 0
    for row, number in rows:
        match = _BLOCK.match(row)
        edge = match is not None and (match["name"] is not None or opened > 0)
        opened += 0 if not edge else 1 if match and match["name"] else -1
        kept.append(("" if edge else row, number))
    return kept


def _without_html(rows: list[Row]) -> list[Row]:
    html = _Html("\n".join(row for row, _ in rows))
    starts = [0]
    for row, _ in rows:
        starts.append(starts[-1] + len(row) + 1)
    kept: list[Row] = []
    index = at = 0
    while index < len(rows):
        if at == starts[index] and "<" not in rows[index][0]:
            kept.append(rows[index])
            index += 1
            at = starts[index]
            continue
        number = rows[index][1]
        line_end = starts[index + 1] - 1
        end = html.end(at, line_end)
        if end < 0:
            # A comment that begins within a line stays where it is; so do the lines it goes on for.
            last = bisect.bisect_right(starts, html.end_of_last_comment(at, line_end), index + 1) - 1
            for each in range(index, max(last, index) + 1):
                row = html.text[max(at, starts[each]) : starts[each + 1] - 1]
                kept.append((row if row.strip(" ") else "", rows[each][1]))
            index = max(last, index) + 1
            at = starts[index]
        else:
            before = html.text[at : html.start]
            if end == html.inside:
                kept.append(("", number))
            elif html.alone:
                kept += [(before + HIDDEN, number)] if before else [("", number), (HIDDEN, number)]
            else:
                kept += [(before, number), (HIDDEN, number)]
            kept.append(("", number))
            at = end
            index = bisect.bisect_right(starts, end, index) - 1
    return kept


class _Html:
    """Finds where raw HTML ends that begins a line.

    Of what was found last: ``start`` is where it starts, ``alone`` whether it is a comment
    or another tag without content, ``inside`` where the Markdown in it begins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.absent: set[str] = set()  # signs that do not come any more
        self.unwrapped = 0
        self.start = self.inside = -1
        self.alone = False

    def end(self, at: int, line_end: int) -> int:
        """Give the end of the HTML that begins a line at ``at``, or -1 where none does."""
        match = _HTML.match(self.text, at, line_end)
        if not match:
            return -1
        self.start = self.text.index("<", at)
        self.alone = True
        if match["comment"]:
            return self.after("-->", match.end())
        if match["other"]:
            return self.after("?>" if match["other"] == "?" else ">", match.end())
        tag = match["tag"].lower()
        opening = _TOKEN.match(self.text, self.start) if _BLOCKS.fullmatch(tag) else None
        if not opening or tag == "hr" or opening["attributes"].endswith("/"):
            return opening.end() if opening else -1
        self.alone = False
        return self.end_of_element(tag, opening)

    def end_of_element(self, tag: str, opening: re.Match[str]) -> int:
        """Give the end of an element; of its first tag, where its content is Markdown."""
        if tag in {"script", "style"}:
            close = re.compile(f"</{tag}[^>]*+>", re.IGNORECASE).search(self.text, opening.end())
        else:
            close = self.closing(tag, opening.end())
        end = close.end() if close else len(self.text)
        if not _MARKDOWN.search(opening["attributes"]) or self.unwrapped >= _MOST_UNWRAPPED:
            return end
        self.unwrapped += 1
        if close:
            self.text = f"{self.text[: close.start()]}{' ' * len(close[0])}{self.text[end:]}"
        self.inside = opening.end()
        return self.inside

    def after(self, sign: str, at: int) -> int:
        """Give the place after a sign, or -1."""
        found = -1 if sign in self.absent else self.text.find(sign, at)
        if found < 0:
            self.absent.add(sign)
            return -1
        return found + len(sign)

    def end_of_last_comment(self, at: int, line_end: int) -> int:
        """Give the end of a comment that is open at the end of a line, or ``at``."""
        opened = self.text.rfind("<!--", at, line_end)
        closed = opened >= 0 and self.text.find("-->", opened, line_end) >= 0
        return at if opened < 0 or closed else max(self.after("-->", opened), at)

    def closing(self, tag: str, at: int) -> re.Match[str] | None:
        """Give the tag that closes one opened before ``at``, as Python-Markdown pairs them."""
        opened = [tag]
        while len(opened) < _DEEPEST and (match := _TOKEN.search(self.text, at)):
            at = match.end()
            if not match["tag"]:
                at = max(self.after("-->", at), at)
                continue
            name = match["tag"].lower()
            if not match["end"]:
                if not match["attributes"].endswith("/"):
                    opened.append(name)
            elif name in opened:
                while opened.pop() != name:
                    pass
                if not opened:
                    return match
        return None
