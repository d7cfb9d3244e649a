#!/usr/bin/env python3
"""No hand-written file is longer than a person reads at one go.

    check_file_sizes.py ROOT         prints each file that is too long; exit code 1 when there is one
    check_file_sizes.py --self-test  plants a breach and a sound tree
"""

import sys

import source_tree

LIMIT = 400
SUFFIXES = (".h", ".cc", ".cmake", ".proto", ".py", ".sh", ".js", ".html", ".css")


def check(root):
    complaints = []
    for path, text in source_tree.files(root, *SUFFIXES):
        lines = len(text.splitlines())
        if lines > LIMIT:
            complaints.append(f"{path}: {lines} lines, more than {LIMIT}; split it by what it does")
    return complaints


BREACHES = {"cli/long.cc: 401 lines": {"cli/long.cc": "\n" * 401}}
SOUND = {"cli/short.cc": "\n" * 400, "build/generated.cc": "\n" * 9000}

if __name__ == "__main__":
    sys.exit(source_tree.main(check, BREACHES, SOUND))
