"""Cut the part of Bootstrap the portal uses out of the published stylesheet.

Only needed when Bootstrap is upgraded (see README.md beside this file):

    npm pack bootstrap@5.3.8 && tar xzf bootstrap-5.3.8.tgz
    python static/css/vendor/extract.py package/dist/css/bootstrap.css

Needs `tinycss2` (comes with WeasyPrint). Dropped on purpose: every declaration
with a `data:` picture (the content security policy refuses them), every custom
property nobody reads, shadows, transitions and dark mode.
"""

import re
import sys
from pathlib import Path

import tinycss2

HERE = Path(__file__).parent
# A selector is kept when its whole text matches one of these.
KEEP = re.compile(
    r"^(:root|\*|html|body|hr|h[1-6]|p|address|ol|ul|dl|dt|dd|blockquote|b|strong|small|mark|sub|sup|a|pre|code|kbd"
    r"|img|svg|table|caption|th|t(head|body|foot|r|d|h)|label|button|input|optgroup|select|textarea|option"
    r"|fieldset|legend|output|iframe|summary|progress|template|\[hidden\]|abbr|ol ol|ul ul|ol ul|ul ol|figure"
    r"|\[type=[a-z-]+\]|\[role=button\])([ :.\[>~+].*)?$"
    r"|^\.(row|col-(12|md-[3-9]|md|auto|form-label)|form-(label|text|control|select|check|check-input|check-label"
    r"|check-inline)|input-group(-text)?|invalid-feedback|is-invalid|btn|btn-(primary|secondary|danger|link"
    r"|outline-primary|sm)|alert|alert-(heading|danger|info|warning|success)|visually-hidden(-focusable)?"
    r"|list-unstyled|m-0|mb-(0|2|3|4)|mt-(3|4)|d-flex|flex-wrap|gap-2|text-danger|text-break|text-end|fs-6"
    r"|row-cols-auto|g-3)([:\[>.].*|> \*)?$"
)
DROP_DECLARATIONS = {"box-shadow", "transition", "background-image", "-webkit-text-size-adjust"}
DROP_DECLARATIONS |= {"appearance", "-webkit-appearance", "-moz-appearance"}  # controls keep their native look
DROP_SELECTORS = re.compile(
    r"data-bs-theme|\.is-valid|:valid|-webkit-|-moz-|::file|\.was-validated|btn-check|\.form-floating|plaintext|valid-tooltip"
    r"|\.dropdown|has-validation|\.show|\.active|form-control-(sm|lg|color)|form-select-|progress|summary"
    r"|:not\(\[href\]|kbd|btn-(group|lg)|\[list\]|\[role=button\]"
)


def selectors(prelude):
    """The selectors of a rule we keep, as texts."""
    text = tinycss2.serialize(prelude).strip()
    parts = [" ".join(part.split()) for part in re.split(r",(?![^(]*\))", text)]
    return [part for part in parts if KEEP.match(part) and not DROP_SELECTORS.search(part)]


def declarations(content):
    """The declarations of a block we keep, as (name, value) texts."""
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration" or item.lower_name in DROP_DECLARATIONS:
            continue
        value = tinycss2.serialize(item.value).strip()
        if "data:image" in value or "box-shadow" in item.name:
            continue
        keeps = item.important and not item.name.startswith("margin")  # ours must be able to win
        yield item.name, value + (" !important" if keeps else "")


def rules(nodes):
    """(list of selectors, list of declarations, media text) for each rule kept."""
    for node in nodes:
        if node.type == "at-rule" and node.at_keyword == "media":
            media = tinycss2.serialize(node.prelude).strip()
            if media in {"(min-width: 768px)"}:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from ((names, body, media) for names, body, _ in rules(inner))
        elif node.type == "qualified-rule":
            names, body = selectors(node.prelude), list(declarations(node.content))
            if names and body:
                yield names, body, ""


def without_unread_variables(kept):
    """Drop custom properties that no kept declaration reads, until none is left."""
    while True:
        read = set(re.findall(r"var\((--[\w-]+)", " ".join(v for _, body, _ in kept for _, v in body)))
        slimmer = [(n, [d for d in b if not d[0].startswith("--") or d[0] in read], m) for n, b, m in kept]
        slimmer = [rule for rule in slimmer if rule[1]]
        if slimmer == kept:
            return kept
        kept = slimmer


def main(source):
    """Write bootstrap-subset.css beside this file."""
    sheet = tinycss2.parse_stylesheet(Path(source).read_text("utf-8"), skip_comments=True, skip_whitespace=True)
    lines = []
    for names, body, media in without_unread_variables(list(rules(sheet))):
        rule = ",\n".join(names) + " {\n" + "".join(f"  {name}: {value};\n" for name, value in body) + "}\n"
        lines.append(f"@media {media} {{\n{rule}}}\n" if media else rule)
    (HERE / "bootstrap-subset.css").write_text(
        "/* Subset of Bootstrap 5.3.8 (MIT), made by extract.py: do not edit by hand. */\n"
        "@layer bootstrap {\n" + "".join(lines) + "}\n",
        "utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1])
