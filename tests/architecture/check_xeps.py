#!/usr/bin/env python3
"""doap.xml is true to the code: each XEP it claims has a file that says so, and each XEP the code names is known.

    check_xeps.py ROOT         prints each difference; exit code 1 when there is one
    check_xeps.py --self-test  plants breaches and a sound tree

The note of each `SupportedXep` names the files that implement it; one of them has to mention the XEP, or the class of
QXmpp that the note names. What the code only refers to stands in docs/xeps.md.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

import source_tree

XMPP = "{https://linkmauve.fr/ns/xmpp-doap#}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NUMBER = re.compile(r"XEP-(\d{4})")
FILE = re.compile(r"\b(?:xmpp-service|deploy)/[\w./-]+\w")
CLASS = re.compile(r"\bQXmpp\w+")
STATUSES = {"complete", "partial"}


def claimed(text):
    """Yields (number, status, version, note) for each SupportedXep."""
    for entry in ElementTree.fromstring(text).iter(XMPP + "SupportedXep"):
        resource = entry.find(XMPP + "xep").get(RDF + "resource")
        values = [entry.findtext(XMPP + name, "") for name in ("status", "version", "note")]
        yield re.search(r"xep-(\d{4})\.html", resource).group(1), *values


def is_shown(root, number, note):
    """Whether a file that the note names has the XEP, or the class of QXmpp that brings it."""
    wanted = {f"XEP-{number}", *CLASS.findall(note)}
    for path in FILE.findall(note):
        file = pathlib.Path(root, path)
        if file.is_file() and any(word in file.read_text(encoding="utf-8") for word in wanted):
            return True
    return False


def check(root):
    doap = pathlib.Path(root, "doap.xml").read_text(encoding="utf-8")
    page = pathlib.Path(root, "docs/xeps.md")
    known = set(NUMBER.findall(page.read_text(encoding="utf-8"))) if page.is_file() else set()
    complaints = []
    for number, status, version, note in claimed(doap):
        known.add(number)
        if status not in STATUSES or not version:
            complaints.append(f"doap.xml: XEP-{number} needs a status of {STATUSES} and a version")
        for path in FILE.findall(note):
            if not pathlib.Path(root, path).exists():
                complaints.append(f"doap.xml: XEP-{number} names {path}, which is not there")
        if not is_shown(root, number, note):
            complaints.append(f"doap.xml: XEP-{number} names no file that shows it")
    for path, text in source_tree.files(root, ".proto", ".h", ".cc"):
        if not path.startswith(("proto/chatwire/xmpp/", "xmpp-service/")):
            continue
        for number in sorted(set(NUMBER.findall(text)) - known):
            complaints.append(f"{path}: XEP-{number} is neither in doap.xml nor in docs/xeps.md")
    return complaints


def _doap(note, status="complete"):
    return (
        '<Project xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:xmpp="https://linkmauve.fr/ns/xmpp-doap#"><xmpp:SupportedXep>'
        '<xmpp:xep rdf:resource="https://xmpp.org/extensions/xep-0199.html"/>'
        f"<xmpp:status>{status}</xmpp:status><xmpp:version>2.0.1</xmpp:version>"
        f"<xmpp:note>{note}</xmpp:note></xmpp:SupportedXep></Project>"
    )


PING = {"xmpp-service/session/ping.h": "/// Answers pings (XEP-0199).\n"}
SOUND = {
    **PING,
    "doap.xml": _doap("xmpp-service/session/ping.h"),
    "docs/xeps.md": "Not done: XEP-0234.\n",
    "xmpp-service/session/file.h": "// Not XEP-0234.\n",
}
BREACHES = {
    "XEP-0199 names no file that shows it": {**SOUND, "xmpp-service/session/ping.h": "// Nothing.\n"},
    "session/gone.h, which is not there": {**SOUND, "doap.xml": _doap("xmpp-service/session/gone.h")},
    "needs a status": {**SOUND, "doap.xml": _doap("xmpp-service/session/ping.h", "planned")},
    "XEP-0234 is neither in doap.xml": {**SOUND, "docs/xeps.md": "Nothing.\n"},
}

if __name__ == "__main__":
    sys.exit(source_tree.main(check, BREACHES, SOUND))
