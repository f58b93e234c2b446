"""Light Markdown from people, made safe HTML by the one sanitiser."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# "js-default" has raw HTML off; tables are what people paste from Word.
_markdown = MarkdownIt("js-default", {"breaks": True, "linkify": False})
_TAGS = {
    "p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "hr", "a", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


def sanitise(html: str) -> str:
    """Keep the few tags and attributes that minutes need; everything else goes, with its danger."""
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def to_html(markdown: str) -> SafeString:
    """Safe HTML of a text written by a person. Headings start at h3, below the page's own."""
    html = _markdown.render(markdown).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return mark_safe(sanitise(html))
