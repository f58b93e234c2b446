"""The one sanitiser against markup that wants to act. The answer is parsed as a browser would, not searched as text."""

import re

import pytest
from lxml import html

from core.richtext import to_html

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
URL = "javascript:alert(1)"
VECTORS = [
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example></ScRiPt>", "<script\n>alert(1)</script >",
    "<<script>alert(1)//<</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<img src=x oNeRrOr=alert(1)//", "<img/src=x/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>", '<img """><script>alert(1)</script>">', "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>", "<svg/onload=alert(1)//",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<math href='javascript:alert(1)'>x</math>",
    "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<base href=javascript:alert(1)//>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content='0;javascript:alert(1)'>",
    "<style>@import '//evil.example';</style>", "<style><img src='</style><img src=x onerror=alert(1)>'>",
    "<p style='background:url(javascript:alert(1))'>x</p>", "<p style=\"x:expression(alert(1))\">x</p>",
    "<div hx-get=/compte/ hx-trigger=load>x</div>", "<p data-hx-post=/x hx-on:click=alert(1)>x</p>",
    "<a hx-delete=/x href=#>x</a>", "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>", "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus>", "<textarea onfocus=alert(1) autofocus>", "<keygen onfocus=alert(1)>",
    "<video><source onerror=alert(1)>", "<video poster=javascript:alert(1)>", "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action=javascript:alert(1) type=image>", "<table background=javascript:alert(1)><td>x</table>",
    f"<a href={URL}>x</a>", f"<a href=' {URL}'>x</a>", "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript:alert(1)'>x</a>", "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=# onclick=alert(1) style=x:y>x</a>", "<a href='x' target=_blank onmouseover='alert(1)'>x</a>",
    "<!--><script>alert(1)</script>-->", "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>", "<textarea></textarea><script>alert(1)</script>",
    f"[x]({URL})", f"[x](<{URL}>)", "[x](JaVaScRiPt:alert(1))", "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))", "[x](java%0ascript:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))", "[x](file:///etc/passwd)", "[x]( javascript:alert(1))",
    f"![x]({URL})", "![x](x\"onerror=\"alert(1))", '[x](http://a.example "onmouseover=alert(1)")',
    '[x](http://a.example"onmouseover="alert(1))', f"[x][1]\n\n[1]: {URL}", f"<{URL}>", "<data:text/html,x>",
    "`<script>alert(1)</script>`", "```<script>\n</code></pre><script>alert(1)</script>\n```",
    "    </code></pre><script>alert(1)</script>", "```html onload=alert(1)\nx\n```", "# <svg onload=alert(1)>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |", "- <script>alert(1)</script>", "> <iframe src=javascript:1>",
    "1. x\n\n<ol start='1' onclick=alert(1)>", "a\0<scr\0ipt>alert(1)</scr\0ipt>", "\ufeff<script>alert(1)</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)",
    "{{ constructor.constructor('alert(1)')() }}", "\u202e<script>alert(1)</script>", "＜script＞alert(1)＜/script＞",
]  # fmt: skip
ALLOWED = {
    "p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "hr", "a", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def test_there_are_enough_of_them():
    assert len(set(VECTORS)) >= 60


@pytest.mark.parametrize("wrapped", ["%s", "Texte avant %s et après.", "**%s**", "> - %s"])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector)[:40])
def test_nothing_active_survives(vector, wrapped):
    fragment = html.fragment_fromstring(str(to_html(wrapped.replace("%s", vector))), create_parent="section")

    for element in fragment.iterdescendants():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "rel", "start", "title"}
        # Browsers drop white space and control characters before they read the scheme.
        scheme = SCHEME.match(re.sub(r"[\x00-\x20]", "", element.get("href", "")))
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


def test_what_minutes_need_survives():
    shown = to_html("# Titre\n\n- **gras**\n\n[lien](https://example.org/a?b=1&c=2)")

    assert "<h3>Titre</h3>" in shown
    assert "<strong>gras</strong>" in shown
    assert 'href="https://example.org/a?b=1&amp;c=2"' in shown
