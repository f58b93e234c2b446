"""Bare WeasyPrint: HTML on standard input, PDF on standard output, nothing else; tells its seconds without import."""

import sys
import time

import weasyprint


def main() -> int:
    html = sys.stdin.buffer.read().decode()
    began = time.perf_counter()
    content = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    print(time.perf_counter() - began, file=sys.stderr)
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
