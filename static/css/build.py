"""Join the style files and the script files into the two files pages load.

    python static/css/build.py            write static/css/portal.css and static/js/portal.js
    python static/css/build.py --check    exit 1 when one of them is out of date

Plain standard library: comments and spare blanks go, nothing is rewritten. The two
results are committed, so nobody needs this to run the portal.
"""

import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent
JS = CSS.parent / "js"
PARTS = ["tokens.css", "vendor/bootstrap-subset.css", "base.css", "layout.css", "components/*.css", "print.css"]


def minified(text):
    """Stylesheet text without comments and without blanks that carry no meaning."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};])\s*", r"\1", text)
    text = re.sub(r"(?<=[\w-]): (?=[^{}]*[;}])", ":", text)
    return text.replace(";}", "}").strip()


def stylesheet():
    """The whole stylesheet, tokens first."""
    files = [path for part in PARTS for path in sorted(CSS.glob(part))]
    return "".join(minified(path.read_text("utf-8")) + "\n" for path in files)


def script():
    """All behaviours, each in a block of its own so that names never meet."""
    blocks = []
    for path in sorted((JS / "behaviours").glob("*.js")):
        lines = (line.strip() for line in path.read_text("utf-8").splitlines())
        kept = "\n".join(line for line in lines if line and not line.startswith("//"))
        blocks.append("{\n" + kept + "\n}\n")
    return "".join(blocks)


def main(arguments):
    """Write, or with --check only compare; returns the exit code."""
    wanted = {CSS / "portal.css": stylesheet(), JS / "portal.js": script()}
    if "--check" in arguments:
        stale = [path.name for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
        if stale:
            print("Out of date, run python static/css/build.py:", ", ".join(stale))
        return 1 if stale else 0
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
