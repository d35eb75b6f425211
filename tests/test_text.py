"""Hostile text reaches the page letter for letter and does nothing."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from generator.model import Reference
from generator.render.text import environment, front_matter, inert, joined, plain, prose, safe_url

EXTENSIONS = ["attr_list", "md_in_html", "tables", "admonition", "fenced_code", "toc"]
SETTINGS = {"toc": {"permalink": True}}
CORPORA = Path(__file__).parent / "corpora"
NAUGHTY: list[str] = json.loads((CORPORA / "naughty-strings.json").read_text(encoding="utf-8"))
OURS: dict[str, str] = json.loads((CORPORA / "inert-texts.json").read_text(encoding="utf-8"))

# What a template may do with a value.
PLACES = {
    "paragraph": "Before {{ t }} after.",
    "start of two lines": "{{ t }}\n\nBetween.\n\n{{ t }}\n\nAfter.",
    "start of a later line": "Before\n{{ t }}\nafter.",
    "after a number": "1986{{ t }}",
    "between two others": "Before {{ t }}{{ t }} after {{ t }}!",
    "heading": "## {{ t }}\n\nAfter.",
    "heading with an id": "## {{ t }} {: #given }\n\nAfter.",
    "list item": "- {{ t }}\n- two",
    "numbered item": "1. {{ t }}\n2. two",
    "quotation": "> {{ t }}\n\nAfter.",
    "emphasis": "**{{ t }}** and *{{ t }}*.",
    "link text": "Before [{{ t }}](https://example.org/) after.",
    "before a link": "{{ t }}[one](https://example.org/)",
    "pipe table": "| A | B |\n| --- | --- |\n| {{ t }} | two |\n| three | {{ t }} |",
    "admonition": "!!! note\n\n    {{ t }}\n\nAfter.",
    "admonition title": '!!! note "{{ t }}"\n\n    Inside.\n\nAfter.',
    "table cell": (
        '<table markdown="block"><tbody markdown="block"><tr markdown="block">'
        '<td markdown="span">{{ t }}</td><td markdown="span">two</td></tr></tbody></table>\n\nAfter.'
    ),
    "table cell on its own lines": (
        '<div markdown="1">\n<table>\n<tr>\n<td markdown="span">\n{{ t }}\n</td>\n</tr>\n</table>\n</div>\n\nAfter.'
    ),
    "raw table": "<table><tr><td>{{ t }}</td>\n<td>\n{{ t }}</td></tr></table>\n\nAfter.",
    "description": (
        '<dl markdown="block"><dt markdown="span">{{ t }}</dt><dd markdown="span">{{ t }}</dd></dl>\n\nAfter.'
    ),
    "summary": (
        '<details markdown="block"><summary markdown="span">{{ t }}</summary>\n\nInside {{ t }}\n\n</details>\n\nAfter.'
    ),
    "attribute": '<div data-t="{{ t }}">Inside.</div>\n\nAfter.',
    "attribute in a line": 'Before <span data-t="{{ t }}">inside</span> after.',
}
HYPHENATED = re.compile(r"[\w-]*")


class Page(HTMLParser):
    """The elements of a piece of HTML, the text between them, and the values of `data-t`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.pieces: list[str] = []
        self.values: list[str] = []
        self.named: dict[str, str] = {}
        self._heading_ids: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return folded("".join(self.pieces))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = []
        for name, value in attrs:
            if name == "data-t":
                self.values.append(folded(value or ""))
                value = "…"
            elif name == "id" and re.fullmatch("h[1-6]", tag) and value != "given":  # toc makes it from the text
                assert value is not None and HYPHENATED.fullmatch(value), value
                self._heading_ids.append(f"#{value}")
                value = "…"
            elif (name == "href" and value in self._heading_ids) or ("class", "md-skip") in attrs:
                value = "…"
            shown.append(f"{name}={value}")
        self.elements.append(f"<{tag} {' '.join(shown)}>")
        if tag == "meta":
            found = dict(attrs)
            self.named[str(found.get("name"))] = str(found.get("content"))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.elements.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.elements.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.elements.append(f"<![{data}")


def folded(text: str) -> str:
    """The text as a page shows it: blanks and line ends are one blank, what HTML cannot hold is U+FFFD."""
    blanks = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0x2028, 0x2029)))
    text = re.sub(f"[{blanks}]+", " ", text).strip(" ")
    return "".join("\ufffd" if unshowable(ord(letter)) else letter for letter in text)


def unshowable(code: int) -> bool:
    return (
        code < 32
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or 0xFDD0 <= code < 0xFDF0
        or code in (0xFFFE, 0xFFFF)
    )


def hostile_texts() -> list[str]:
    texts = [*NAUGHTY, *OURS.values()]
    texts += [form.format(sign) for sign in string.punctuation for form in ("{}", "{0}{0}{0}", "{} x", "x{}")]
    texts += [
        "12. x",
        "1.",
        "١. x",
        "1986\\. x",
        "&lt;b&gt; &amp;#60; &copy",
        "\u00a0x\u00a0",
        "\ufeffx\ufeff",
        "a\\",
        "    four",
    ]
    texts += ["\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03 x", "==\n--", "[x]: y", ":   x", "{: #x }", "\ud800", "a  \nb"]
    return [text for text in texts if folded(text)]


TEXTS = hostile_texts()


class Rendering:
    """One place, rendered as often as asked."""

    def __init__(self, place: str) -> None:
        self.template = environment().from_string(f"# Page\n\n{PLACES[place]}\n")
        self.markdown = Markdown(extensions=EXTENSIONS, extension_configs=SETTINGS)
        token = self.page("TOKEN")
        self.elements = token.elements
        self.text = token.text
        self.values = token.values

    def page(self, text: str) -> Page:
        return Page(self.markdown.reset().convert(self.template.render(t=text)))

    def harmed(self, text: str) -> str | None:
        """What is different from the page of a harmless word, or None."""
        page, shown = self.page(text), folded(text)
        if page.elements != self.elements:
            return f"{text!r} changed the elements: {page.elements}"
        if page.text != folded(self.text.replace("TOKEN", shown)):
            return f"{text!r} is shown as {page.text!r}"
        if page.values != [value.replace("TOKEN", shown) for value in self.values]:
            return f"{text!r} is {page.values!r} in the attribute"
        return None


@pytest.fixture(scope="module")
def rendering() -> Callable[[str], Rendering]:
    known: dict[str, Rendering] = {}
    return lambda place: known.setdefault(place, Rendering(place))


@pytest.mark.parametrize("place", PLACES)
def test_no_hostile_text_does_anything(place: str, rendering: Callable[[str], Rendering]) -> None:
    harmed = [harm for text in TEXTS if (harm := rendering(place).harmed(text))]
    assert not harmed, f"{len(harmed)} of {len(TEXTS)}; first: {harmed[:3]}"


SYNTAX = st.text(alphabet="ab1 2.\n\t-+*_=~`#<>/&;:!?[](){}|\\\"'^$%@,\u00a0é\U0001f600")
RENDERINGS: dict[str, Rendering] = {}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(list(PLACES)), SYNTAX | st.text())
@example("between two others", "1.\n")
def test_no_text_at_all_does_anything(place: str, text: str) -> None:
    if place not in RENDERINGS:
        RENDERINGS[place] = Rendering(place)
    if folded(text):
        assert RENDERINGS[place].harmed(text) is None


def test_an_attribute_of_a_markdown_element_can_be_misread_but_not_left(rendering: Callable[[str], Rendering]) -> None:
    template = environment().from_string('<div markdown="1" data-t="{{ t }}">\n\nInside.\n\n</div>\n\nAfter.\n')

    def page(text: str) -> Page:
        return Page(Markdown(extensions=EXTENSIONS).convert(template.render(t=text)))

    harmless = page("x")
    for text in (*NAUGHTY, *OURS.values()):
        assert page(text).elements == harmless.elements, text


def test_plain_words_stay_readable_in_the_markdown() -> None:
    sentence = "At least 145 people died (“more than 60”), 22.03.2024, 19:58; it's 50% at 5/6? Yes."
    assert inert(sentence) == sentence


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ nothing }}", ""),
        ("{{ number }}", "3"),
        ("{{ markup }}", "*ours*"),
        ("{{ text }}", "&#42;theirs&#42;"),
        ("{{ text | e }}", "&#42;theirs&#42;"),
        ("{{ text | escape }}", "&#42;theirs&#42;"),
        ("{{ markup | forceescape }}", "&#42;ours&#42;"),
        ("{{ text ~ markup }}", "&#42;theirs&#42;*ours*"),
        ("{{ '<' ~ text }}", "&#60;&#42;theirs&#42;"),
        ("{{ [text, markup] | join(' * ') }}", "&#42;theirs&#42; &#42; *ours*"),
        ("{{ list ~ ' ' ~ markup }}", "&#45; x *ours*"),
        ("{% set both %}*{{ text }}*{% endset %}{{ both }}", "*&#42;theirs&#42;*"),
        ("{% macro m(t) %}*{{ t }}*{% endmacro %}{{ m(text) }}", "*&#42;theirs&#42;*"),
    ],
)
def test_a_template_prints_only_markup_as_it_is(source: str, shown: str) -> None:
    values = {"nothing": None, "number": 3, "markup": Markup("*ours*"), "text": "*theirs*", "list": "- x"}
    assert environment().from_string(source).render(values) == shown


def test_an_address_put_together_from_plain_text_stays_plain() -> None:
    assert environment().from_string("{% set url = 'a/' ~ id ~ '#b' %}{{ url | length }}").render(id="x") == "5"
    assert not hasattr(joined(["a", "b"], "*"), "__html__")


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ missing }}").render()


def test_templates_end_their_lines_where_they_seem_to() -> None:
    template = environment(jinja2.DictLoader({"a": "one\n  {% if true %}\ntwo\n  {% endif %}\n"})).get_template("a")
    assert template.render() == "one\ntwo\n"


def numbered(source: str) -> Markup:
    return Markup("[{}](#{})").format(len(source), source)


def test_source_marks_in_prose_become_superscript_links() -> None:
    html = Markdown(extensions=EXTENSIONS).convert(
        prose("Three died [s1]. Two\nsaw *it* [tass-verdict, ap-93].\n\n\n[s2] Why?", numbered)
    )
    assert html == (
        '<p>Three died<sup><a href="#s1">2</a></sup>. Two saw &#42;it&#42;'
        '<sup><a href="#tass-verdict">12</a>, <a href="#ap-93">5</a></sup>.</p>\n'
        '<p><sup><a href="#s2">2</a></sup> Why?</p>'
    )


def linked(named: Reference) -> Markup | None:
    known = named.kind in ("actors", "items", "claim_types")
    return Markup("[{}](../{}/{})").format(inert(named.words), named.kind, named.target) if known else None


def test_a_link_in_prose_leads_to_what_it_names_under_its_own_words() -> None:
    html = Markdown(extensions=EXTENSIONS).convert(
        prose(
            "[The *front*](actors/example-front) said [so\ntoo](#k3) [s1], a [denial](claim_types/denial).",
            numbered,
            linked,
        )
    )
    assert html == (
        '<p><a href="../actors/example-front">The &#42;front&#42;</a> said <a href="../items/k3">so too</a>'
        '<sup><a href="#s1">2</a></sup>, a <a href="../claim_types/denial">denial</a>.</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "[X](nothing/here)",
        "[X](https://example.org/)",
        "[X](javascript:alert(1))",
        "[X](actors/../y)",
        "[X](actors/Y z)",
        "[](actors/y)",
        "[X] (actors/y)",
        "![X](#K3)",
    ],
)
def test_what_is_not_written_as_such_a_link_is_only_text(text: str) -> None:
    page = Page(Markdown(extensions=EXTENSIONS).convert(prose(f"a {text} b", numbered, linked)))
    assert page.elements == ["<p >", "</p>"]
    assert page.text == f"a {text} b"


@pytest.mark.parametrize("text", ["[S1]", "[1]", "[a b]", "[s1,]", "[]", "[sic]", "[s1, sic]"])
def test_other_brackets_in_prose_are_only_text(text: str) -> None:
    written = prose(f"x {text} y", lambda each: numbered(each) if each == "s1" else None)
    assert (
        Markdown(extensions=EXTENSIONS).convert(written)
        == f"<p>x {text.replace('[', '&#91;').replace(']', '&#93;')} y</p>"
    )


def test_paragraphs_of_prose_stay_inside_an_element_of_one_line() -> None:
    source = environment().from_string('<p class="a" markdown="span">{{ p }}</p>\n\nAfter.\n')
    for text in ("- a\n\n- b\n\n    c [s1]", "a\n---\n\n1. b", "<p>\n\n</p>\n\n<div>"):
        page = Page(Markdown(extensions=EXTENSIONS).convert(source.render(p=prose(text, lambda each: Markup("2")))))
        assert [each for each in page.elements if "sup" not in each] == ["<p class=a>", "</p>", "<p >", "</p>"]
        assert page.text == folded(f"{text} After.").replace(" [s1]", "2")


def test_no_hostile_prose_does_anything() -> None:
    markdown = Markdown(extensions=EXTENSIONS)

    def page(text: str) -> Page:
        written = prose(
            f"{text}\n\n({text}) middle [s1]{text}.\n\n{text}", lambda each: Markup("2") if each == "s1" else None
        )
        return Page(markdown.reset().convert(written))

    harmless = page("x").elements
    for text in TEXTS:
        if re.search(r"\n\s*\n", text):
            continue  # makes paragraphs of its own
        assert page(text).elements == harmless, text
        shown = [folded(text), f"{folded(f'({text}) middle')}2{folded(f'2{text}.')[1:]}", folded(text)]
        assert page(text).text == folded(" ".join(shown)), text


def test_a_block_of_markdown_in_prose_stays_what_was_typed() -> None:
    for name in ("block-md", "block-admonition-out", "block-comment-open", "block-front-matter", "block-attr-next"):
        page = Page(Markdown(extensions=EXTENSIONS).convert(prose(OURS[name], lambda each: None)))
        assert set(page.elements) == {"<p >", "</p>"}
        assert page.text == folded(OURS[name])


def test_a_description_is_cut_after_a_word_and_shows_no_mark() -> None:
    assert plain("Three died [s1].  Two\nwere hurt [s1, ap-93].") == "Three died. Two were hurt."
    long = plain("Seven words of this sentence are here [a-very-long-source-name]. " * 9)
    assert len(long) <= 160 and long.endswith(" are here…") and "[" not in long
    assert plain("x" * 200) == "x" * 159 + "…"
    assert plain("y" * 160) == "y" * 160
    assert plain("[The front](actors/example-front) said [so](#k3) [s1].") == "The front said so."
    assert plain("") == ""
    assert plain("word " * 90, None) == ("word " * 90).strip()


@given(SYNTAX | st.text(min_size=150))
@settings(max_examples=50, deadline=None)
def test_a_description_is_never_too_long(text: str) -> None:
    assert len(plain(text)) <= 160


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/a_b*c/?x=1&copy=2&lt;#d", "https://example.org/a_b*c/?x=1&copy=2&lt;#d"),
        ("https://example.org/%20é", "https://example.org/%20é"),
        ("../x/index.md#s1", "../x/index.md#s1"),
        ('https://example.org/) "onclick=x', "https://example.org/%29%20%22onclick=x"),
        ("https://example.org/](x)[", "https://example.org/%5D%28x%29%5B"),
        ("https://example.org/\\`<b>'{|}", "https://example.org/%5C%60%3Cb%3E%27%7B%7C%7D"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        (" JavaScript:x", "JavaScript%3Ax"),
        ("java\nscript:x", "java%0Ascript:x"),
        ("data:text/html,x", "data%3Atext/html,x"),
    ],
)
def test_an_address_leads_where_it_says_and_ends_nothing(url: str, target: str) -> None:
    source = 'Before [x]({{ url }}) <a href="{{ url }}">x</a> after.\n\n<div><a href="{{ url }}">x</a></div>\n'
    html = Markdown(extensions=EXTENSIONS).convert(environment().from_string(source).render(url=safe_url(url)))
    assert [unescape(each) for each in re.findall('href="([^"]*)"', html)] == [target] * 3
    assert Page(html).text.startswith("Before x x after.")


@pytest.mark.parametrize(
    "text", [*OURS.values(), "\ufeffx", "\U0001f600", "\x7f\x85\u2028", "\ud800", "no", "1e3", "---\n..."]
)
def test_front_matter_survives_the_yaml_reader(text: str) -> None:
    head = front_matter(title=text, tags=[text], search={"exclude": True, "note": text}, description=None)
    body, meta = get_data(f"{head}\n# Body\n")
    assert body == "# Body\n"
    shown = [meta["title"], *meta["tags"], meta["search"].pop("note")]
    assert [unescape(each) for each in shown] == [folded(text)] * 3
    assert meta["search"] == {"exclude": True} and "description" not in meta


HEADS = [
    ("</title><script>alert(1)</script>", '"><script>alert(2)</script>'),
    ("{{ config }} {% raw %}", '" onload="alert(3)'),
    ("&lt;b&gt; &amp; <b>*x*</b> [y](z)", "&lt;b&gt; 'x' `y` \\"),
    ("---\ntitle: evil\n---", "a: b # c"),
    ("<img src=x onerror=alert(4)>", "-->]]><svg onload=alert(5)>"),
]
SITE_PAGE = """# {{ title }}

{% for t in texts %}
## {{ t }} {: #given }

{{ t }}

- {{ t }}

[{{ t }}](https://example.org/)

<dl markdown="block"><dt markdown="span">{{ t }}</dt><dd markdown="span">{{ t }}</dd></dl>

<table markdown="block"><tr markdown="block"><td markdown="span" >{{ t }}</td></tr></table>

{% endfor %}
"""


def site(folder: Path, pages: Sequence[tuple[str, str, Sequence[str]]]) -> Path:
    """The folder of a site built with Material, each page of it with a title, a description and texts."""
    (folder / "docs").mkdir(parents=True)
    template = environment().from_string(SITE_PAGE)
    for number, (title, description, texts) in enumerate(pages):
        head = front_matter(title=title, description=description)
        page = head + template.render(title=title, texts=texts)
        (folder / f"docs/p{number}.md").write_text(page, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    extensions = [{each: SETTINGS[each]} if each in SETTINGS else each for each in EXTENSIONS if each != "fenced_code"]
    settings = {
        "site_name": "Site",
        "theme": {"name": "material", "font": False, "features": ["navigation.footer", "navigation.path"]},
        "plugins": ["search"],
        "markdown_extensions": extensions,
        "validation": {"links": {"anchors": "ignore"}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    build(config)
    return Path(config.site_dir)


def chunks(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (texts[start : start + size] for start in range(0, len(texts), size))


@pytest.mark.slow
def test_a_built_site_runs_nothing_and_shows_everything(tmp_path: Path) -> None:
    texts = [text for text in (*NAUGHTY, *OURS.values()) if folded(text)]
    pages = [(f"Page {number}", "Texts", each) for number, each in enumerate(chunks(texts, 100))]
    pages += [(title, description, ["x"]) for title, description in HEADS]
    hostile = site(tmp_path / "hostile", pages)
    harmless = site(tmp_path / "harmless", [("x", "x", ["x"] * len(each)) for _, _, each in pages])

    for number, (title, description, each) in enumerate(pages):
        html = (hostile / f"p{number}/index.html").read_text(encoding="utf-8")
        page, expected = Page(html), Page((harmless / f"p{number}/index.html").read_text(encoding="utf-8"))
        without_head = [element for element in page.elements if not varies(element)]
        assert without_head == [element for element in expected.elements if not varies(element)], title
        assert page.named["description"] == folded(description)
        assert f"{folded(title)} - Site" in page.text
        for text in each:
            assert page.text.count(folded(text)) >= 7, text  # heading, its entry in the contents, and five places

    index = json.loads((hostile / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry for entry in index["docs"]}
    for number, (title, _, _) in enumerate(pages):
        entry = Page(found[f"p{number}/"]["title"])
        assert entry.text == folded(title) and not entry.elements
    allowed = re.compile(r"</?(p|ul|li)( [^>]*)?>")
    for entry in index["docs"]:
        strange = [element for element in Page(entry["text"]).elements if not allowed.fullmatch(element)]
        assert not strange, strange


def varies(element: str) -> bool:
    """Elements whose attributes name the page itself: its description, and the arrows to the pages beside it."""
    return element.startswith(("<meta name=description", "<a href=../p", "<a href=. class=md-footer"))
