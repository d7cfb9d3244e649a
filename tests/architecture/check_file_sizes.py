#!/usr/bin/env python3
"""No hand-written file is longer than a person reads at one go.

    check_file_sizes.py ROOT         prints each file that is too long; exit code 1 when there is one
    check_file_sizes.py --self-test  plants a breach and a sound tree
"""

import os
import sys

import source_tree

LIMIT = 400
# A contract is one service a file, most of it comments, and is looked into rather than read.
LIMITS = {".proto": 600}
SUFFIXES = (".h", ".cc", ".cmake", ".proto", ".py", ".sh", ".js", ".html", ".css")


def check(root):
    complaints = []
    for path, text in source_tree.files(root, *SUFFIXES):
        lines = len(text.splitlines())
        limit = LIMITS.get(os.path.splitext(path)[1], LIMIT)
        if lines > limit:
            complaints.append(f"{path}: {lines} lines, more than {limit}; split it by what it does")
    return complaints


BREACHES = {
    "cli/long.cc: 401 lines": {"cli/long.cc": "\n" * 401},
    "proto/long.proto: 601 lines": {"proto/long.proto": "\n" * 601},
}
SOUND = {
    "cli/short.cc": "\n" * 400,
    "proto/short.proto": "\n" * 600,
    "build/generated.cc": "\n" * 9000,
}

if __name__ == "__main__":
    sys.exit(source_tree.main(check, BREACHES, SOUND))
