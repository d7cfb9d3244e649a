#!/usr/bin/env python3
"""The reasons of errors are API: those in the comments of the contracts and those in the code are the same.

    check_error_reasons.py ROOT         prints each difference; exit code 1 when there is one
    check_error_reasons.py --self-test  plants breaches and a sound tree
"""

import re
import sys

import source_tree

CODES = (
    "INVALID_ARGUMENT|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|UNAUTHENTICATED|UNAVAILABLE|ABORTED|"
    "FAILED_PRECONDITION|OUT_OF_RANGE|RESOURCE_EXHAUSTED|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL"
)
# "// - `NOT_FOUND` / `ACCOUNT_NOT_FOUND`: ..."; one code may have several reasons: / `BAD_NAME`, `BAD_WAIT`.
PAIR = re.compile(rf"`(?:{CODES})` / (`[A-Z0-9_]+`(?:, `[A-Z0-9_]+`(?! /))*)")
# docs/errors.md has what is no RPC's: errors at start-up.
DOCUMENTED = re.compile(r"`([A-Z][A-Z0-9_]+)`")
# An ErrorReason, or MakeError's argument: {"xmpp.chatwire", "BAD_JID"}.
IN_CODE = re.compile(r'\{\s*"((?:xmpp\.|mqtt\.|cli\.)?chatwire)"\s*,\s*"([A-Z][A-Z0-9_]+)"\s*\}')
# Where a domain's name is a constant, or the reason is an argument of a function of the file.
LITERAL = re.compile(r'"([A-Z][A-Z0-9_]{2,62})"')
SERVICES = ("common/", "xmpp-service/", "mqtt-service/")


def promised(root):
    """{reason: path of the contract that names it}"""
    found = {}
    for path, text in source_tree.files(root, ".proto"):
        # A pair may be broken over two lines of the comment.
        flat = re.sub(r"\s*\n\s*//\s*", " ", text)
        for reasons in PAIR.findall(flat):
            for reason in re.findall(r"`([A-Z0-9_]+)`", reasons):
                found.setdefault(reason, path)
    return found


def documented(root):
    found = set()
    for path, text in source_tree.files(root, ".md"):
        if path == "docs/errors.md":
            found.update(DOCUMENTED.findall(text))
    return found


def check(root):
    contracts = promised(root)
    known = set(contracts) | documented(root)
    literals, complaints = set(), []
    for path, text in source_tree.files(root, ".h", ".cc"):
        if path.startswith(SERVICES):
            literals.update(LITERAL.findall(text))
        if path.startswith((*SERVICES, "cli/")):
            for domain, reason in IN_CODE.findall(text):
                if reason not in known:
                    complaints.append(
                        f"{path}: {domain}/{reason} is in no contract and not in docs/errors.md"
                    )
    for reason, path in sorted(contracts.items()):
        if reason not in literals:
            complaints.append(f"{path}: promises {reason}, which no code of a service has")
    return complaints


CONTRACT = (
    "// - `NOT_FOUND` / `CHECKBOX_NOT_FOUND`: none.\n"
    "// - `INVALID_ARGUMENT` / `BAD_NAME`, `BAD_WAIT`: wrong;\n"
    "//   `UNAUTHENTICATED` / `TOKEN_MISSING`, `PERMISSION_DENIED` /\n//   `SCOPE_MISSING`.\n"
)
CODE = (
    'constexpr ErrorReason kA{"mqtt.chatwire", "CHECKBOX_NOT_FOUND"};\n'
    'Wrong("BAD_NAME"); Wrong("BAD_WAIT"); Wrong("SCOPE_MISSING"); Wrong("TOKEN_MISSING");\n'
)

BREACHES = {
    "promises BAD_WAIT, which no code": {
        "proto/a.proto": CONTRACT,
        "mqtt-service/a.cc": CODE.replace("BAD_WAIT", "BAD_NAME"),
    },
    "promises SCOPE_MISSING, which no code": {
        "proto/a.proto": CONTRACT,
        "mqtt-service/a.cc": CODE.replace("SCOPE_MISSING", "BAD_NAME"),
    },
    "mqtt.chatwire/SURPRISE is in no contract": {
        "proto/a.proto": CONTRACT,
        "mqtt-service/a.cc": CODE + 'MakeError(code, {"mqtt.chatwire", "SURPRISE"}, "x");\n',
    },
}
SOUND = {
    "proto/a.proto": CONTRACT,
    "mqtt-service/a.cc": CODE + 'Fail({"chatwire", "PORT_IN_USE"});\n',
    "docs/errors.md": "- `PORT_IN_USE`: the port is in use.\n",
}

if __name__ == "__main__":
    sys.exit(source_tree.main(check, BREACHES, SOUND))
