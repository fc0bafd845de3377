"""Text of anybody as Markdown that holds paragraphs, lists, emphasis, code and links, and no more.

What somebody wrote is parsed and written anew. Whatever else it holds (HTML, headings, images, tables,
quotes, comments, footnotes) stays as it was typed, with backslashes that keep it text: whoever reads
the proposal sees what was sent, and none of it does anything. Inline references stay, for the
check knows those.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pipeline.text import LINE_END, UNSHOWABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFF: Final = [
    "blockquote",
    "code",
    "fence",
    "heading",
    "hr",
    "html_block",
    "html_inline",
    "image",
    "lheading",
    "reference",
]
_SIGNS: Final = re.compile(r"[\\`*\[\]<|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|!(?=$|\[)")
"""What means something inside a line; an underscore between letters does not."""
_START: Final = re.compile(r"(?:(?P<number>[0-9]{1,9})(?=[.)])|(?=[-+>#=:%]))")
"""What means something where a line begins."""
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\`]+", re.ASCII)
_SPACES: Final = re.compile(r"[^\S\n]+")
_NOT_TEXT: Final = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str) -> str:
    """Take out what nobody can see, and end each line in one way."""
    text = unicodedata.normalize("NFC", LINE_END.sub("\n", text).replace("\u2028", "\n").replace("\u2029", "\n"))
    text = "".join(char for char in text if char == "\n" or _is_text(char))
    return "\n".join(_SPACES.sub(" ", line).rstrip() for line in text.replace("\t", "    ").split("\n"))


def _is_text(char: str) -> bool:
    if char.isascii():
        return char.isprintable() or char == "\t"
    return unicodedata.category(char) not in _NOT_TEXT and not UNSHOWABLE.match(char)


def one_line(text: str) -> str:
    """Write a text that was cleaned on one line."""
    return " ".join(text.split())


def tamed(text: str) -> str:
    """Write a text as Markdown that does nothing but show it; empty where there is nothing to show."""
    root = SyntaxTreeNode(_parser().parse(tidy(text)))
    return "\n\n".join(_blocks(root))


def tidy(text: str) -> str:
    """Clean a text of several lines, whose indentation tells which list is in which."""
    lines = LINE_END.sub("\n", text).expandtabs(4).split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    return "\n".join(" " * indent + clean(line).strip() for indent, line in zip(indents, lines, strict=True))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(_OFF)


def _blocks(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        if child.type == "paragraph":
            text = _lines(child)
        elif child.type in {"bullet_list", "ordered_list"}:
            text = _list(child)
        else:
            text = escaped(child.content)
        if text:
            yield text


def _list(node: SyntaxTreeNode) -> str:
    """Write a list; its items are one below the other."""
    items: list[str] = []
    for number, item in enumerate(node.children, start=1):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        text = "\n".join(_blocks(item))
        if text:
            items.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(items)


def _lines(paragraph: SyntaxTreeNode) -> str:
    children = [child for inline in paragraph.children for child in inline.children]
    text = "".join(map(_shown, children))
    written = _in_lines("".join(map(_inline, children)))
    # Signs of emphasis side by side may mean something else once they are written anew.
    return written if _words(shown(written)) == _words(text) else _in_lines(escaped(text))


def _in_lines(text: str) -> str:
    return "\n".join(filter(None, map(_line, text.split("\n"))))


def _words(text: str) -> str:
    return " ".join(text.split())


def shown(text: str) -> str:
    """Give what a reader sees of a tame text."""
    return _shown(SyntaxTreeNode(_parser().parse(text)))


def _shown(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.type in {"text", "code_inline"}:
        return node.content
    below = "".join(map(_shown, node.children))
    return f"{below}\n" if node.type == "paragraph" else below


def _line(line: str) -> str:
    line = line.strip()
    found = _START.match(line)
    if not found:
        return line
    end = found.end()
    return f"{line[:end]}\\{line[end:]}"


def _inline(node: SyntaxTreeNode) -> str:
    inside = "".join(map(_inline, node.children))
    match node.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "strong" | "em":
            mark = "**" if node.type == "strong" else "*"
            return f"{mark}{inside}{mark}" if inside.strip() == inside != "" else inside
        case "code_inline":
            return _code(node.content)
        case "link":
            return _link(inside, str(node.attrs.get("href", "")))
        case _:
            return inside or escaped(node.content)


def _code(text: str) -> str:
    """Write a code span; one that holds a backtick becomes text."""
    return escaped(text) if "`" in text or not text.strip() else f"`{text.strip()}`"


def _link(label: str, address: str) -> str:
    """Write a link to a page of the web; of any other, its words."""
    if not _ADDRESS.fullmatch(address) or not label.strip():
        return label
    return f"[{label}]({address.replace('(', '%28').replace(')', '%29')})"


def escaped(text: str) -> str:
    """Write a text so that Markdown takes it as it is."""
    return _SIGNS.sub(lambda match: "\\" + match[0], text)
