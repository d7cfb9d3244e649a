#!/usr/bin/env python3
"""Each library is included in the one folder that adapts it, and the domains include none (ARCHITECTURE.md).

    check_includes.py ROOT         prints each breach; exit code 1 when there is one
    check_includes.py --self-test  plants breaches and a sound tree
"""

import re
import sys

import source_tree

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# What a header belongs to, and where it may be included. The first rule that matches counts.
LIBRARIES = [
    ("Qt", re.compile(r"^(Q[A-Z]\w*(\.h)?$|Qt\w*/)"), ["xmpp-service/session/"]),
    ("QXmpp", re.compile(r"^(QXmpp|.*/QXmpp)"), ["xmpp-service/session/"]),
    ("Paho", re.compile(r"^(mqtt/|MQTT\w*\.h$)"), ["mqtt-service/broker/"]),
    ("SQLite", re.compile(r"^sqlite3"), ["common/sqlite/"]),
    ("libcurl", re.compile(r"^curl/"), ["xmpp-service/http/"]),
    (
        "gRPC",
        re.compile(r"^(grpc/|grpc\+\+/|grpcpp/|.*\.grpc\.pb\.h$)"),
        ["common/rpc/", "cli/", "xmpp-service/rpc/", "mqtt-service/rpc/", "mqtt-service/feed/"],
    ),
    (
        "CLI11",
        re.compile(r"^CLI/"),
        ["cli/"],
    ),
    (
        "FTXUI",
        re.compile(r"^ftxui/"),
        [
            "cli/chat/chat_keys",
            "cli/chat/chat_view",
            "cli/menu/menu_keys",
            "cli/menu/page_screen",
            "cli/screen/full_screen",
        ],
    ),
]

# main.cc only wires, and may see everything; tests stand beside what they test.
EVERYWHERE = re.compile(r"^(tests/|[a-z-]+/main\.cc$)")

# Parts of common/ that a domain has no business with.
NOT_FOR_DOMAIN = re.compile(r"^common/(rpc|sqlite)/")

OWN_FOLDERS = ("common/", "cli/", "xmpp-service/", "mqtt-service/")

# Nothing may lean on what stands above it.
FORBIDDEN = {
    "common/": re.compile(r"^(cli|xmpp-service|mqtt-service|tests)/"),
    "cli/": re.compile(r"^(xmpp-service|mqtt-service|tests)/"),
    "xmpp-service/": re.compile(r"^(cli|mqtt-service|tests)/|^chatwire/mqtt/"),
    "mqtt-service/": re.compile(r"^(cli|xmpp-service|tests)/"),
}


def library_breach(path, header):
    if EVERYWHERE.match(path):
        return None
    for name, pattern, folders in LIBRARIES:
        if pattern.match(header):
            if any(path.startswith(folder) for folder in folders):
                return None
            return f"{path}: includes {header}, but {name} belongs to {', '.join(folders)}"
    return None


def domain_breach(path, bracket, header):
    """A domain includes the C++ library, Abseil, common/ but for rpc and sqlite, and its own folder."""
    found = re.match(r"^([a-z-]+-service/domain/)", path)
    if found is None:
        return None
    standard = bracket == "<" and re.match(r"^[a-z0-9_]+$", header)
    own = header.startswith(("absl/", found.group(1)))
    common = header.startswith("common/") and not NOT_FOR_DOMAIN.match(header)
    if standard or own or common:
        return None
    return f"{path}: includes {header}, but a domain includes only std, absl, common/ and itself"


def direction_breach(path, header):
    for folder, pattern in FORBIDDEN.items():
        if path.startswith(folder) and pattern.match(header):
            return f"{path}: includes {header}, which stands above or beside {folder}"
    return None


def check(root):
    complaints = []
    for path, text in source_tree.files(root, ".h", ".cc"):
        if not path.startswith(OWN_FOLDERS):
            continue
        for bracket, header in INCLUDE.findall(text):
            for complaint in (
                library_breach(path, header),
                domain_breach(path, bracket, header),
                direction_breach(path, header),
            ):
                if complaint is not None:
                    complaints.append(complaint)
    return complaints


BREACHES = {
    "xmpp-service/rpc/a.cc: includes QXmppClient.h": {
        "xmpp-service/rpc/a.cc": "#include <QXmppClient.h>\n"
    },
    "xmpp-service/journal/a.cc: includes QString": {
        "xmpp-service/journal/a.cc": "#include <QString>\n"
    },
    "mqtt-service/store/a.cc: includes mqtt/async_client.h": {
        "mqtt-service/store/a.cc": '#include "mqtt/async_client.h"\n'
    },
    "xmpp-service/journal/b.cc: includes sqlite3.h": {
        "xmpp-service/journal/b.cc": "#include <sqlite3.h>\n"
    },
    "xmpp-service/rpc/c.cc: includes curl/curl.h": {
        "xmpp-service/rpc/c.cc": "#include <curl/curl.h>\n"
    },
    "mqtt-service/wire/a.h: includes grpcpp/grpcpp.h": {
        "mqtt-service/wire/a.h": "#include <grpcpp/grpcpp.h>\n"
    },
    "xmpp-service/domain/a.h: includes chatwire/xmpp/v1/chat_service.pb.h": {
        "xmpp-service/domain/a.h": '#include "chatwire/xmpp/v1/chat_service.pb.h"\n'
    },
    "mqtt-service/domain/a.h: includes common/sqlite/database.h": {
        "mqtt-service/domain/a.h": '  #  include "common/sqlite/database.h"\n'
    },
    "mqtt-service/domain/b.h: includes mqtt-service/store/c.h": {
        "mqtt-service/domain/b.h": '#include "mqtt-service/store/c.h"\n'
    },
    "mqtt-service/domain/d.h: includes nlohmann/json.hpp": {
        "mqtt-service/domain/d.h": "#include <nlohmann/json.hpp>\n"
    },
    "common/a.h: includes xmpp-service/domain/a.h": {
        "common/a.h": '#include "xmpp-service/domain/a.h"\n'
    },
    "cli/a.cc: includes mqtt-service/domain/a.h": {
        "cli/a.cc": '#include "mqtt-service/domain/a.h"\n'
    },
}

SOUND = {
    "xmpp-service/session/a.cc": "#include <QObject>\n#include <QXmppClient.h>\n",
    "xmpp-service/main.cc": '#include <grpcpp/grpcpp.h>\n#include <QCoreApplication>\n',
    "mqtt-service/feed/a.cc": '#include "chatwire/xmpp/v1/event_service.grpc.pb.h"\n',
    "mqtt-service/broker/a.cc": '#include "mqtt/async_client.h"\n',
    "xmpp-service/domain/a.h": '#include <string>\n#include "absl/status/status.h"\n'
    '#include "common/completion.h"\n#include "xmpp-service/domain/b.h"\n',
    "common/sqlite/a.cc": "#include <sqlite3.h>\n",
    "tests/qxmpp/a.cc": "#include <QXmppClient.h>\n",
}

if __name__ == "__main__":
    sys.exit(source_tree.main(check, BREACHES, SOUND))
