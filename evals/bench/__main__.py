"""`python -m evals.bench [search|pdf|ocr|swefaq|repair|groups|hard] [--quick]`: the benches' figures as JSON on stdout."""

from __future__ import annotations

import argparse
import json
import sys

from evals.bench import measure


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench")
    parser.add_argument("only", nargs="?", choices=("search", "pdf", "ocr", "swefaq", "repair", "groups", "hard"))
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for trying")
    options = parser.parse_args()
    json.dump(measure(options.quick, options.only), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
