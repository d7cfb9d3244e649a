"""Tokens made, used and revoked from the command line, on both services; and every scope of the contracts."""

import json
import re
from pathlib import Path

import pytest

from world.shell import CONFLICT, NOT_FOUND, PERMISSION, USAGE, Shell
from world.stack import Stack

PROTO = Path(__file__).resolve().parents[2] / "proto" / "chatwire"


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("tokens"), authority, one_server, broker).up()
    yield stack
    stack.close()


@pytest.fixture(name="shell")
def _shell(stack, tmp_path):
    shell = Shell(stack, tmp_path)
    shell.environment["CHATWIRE_TOKEN_FILE"] = str(stack.xmppd.state / "admin.token")
    return shell


def _scopes(part):
    """The scopes that the contracts of a part name."""
    texts = [path.read_text(encoding="utf-8") for path in (PROTO / part / "v1").glob("*.proto")]
    return sorted(set(re.findall(r"scope `([a-z.]+)`", "".join(texts))))


def test_a_token_for_a_switch_switches_and_does_nothing_else(shell):
    out = shell.home / "switch.token"
    text = shell.ok(
        *("token", "create", "mqtt", "--label", "wall switch", "--scope", "checkbox.set"),
        *("--scope", "checkbox.read", "--out", str(out)),
    )
    secret = out.read_text(encoding="utf-8").strip()
    assert secret not in text and out.stat().st_mode & 0o777 == 0o600

    shell.ok("on", "lamp", CHATWIRE_MQTT_TOKEN_FILE=str(out))
    shell.fails(PERMISSION, "broker", "status", CHATWIRE_MQTT_TOKEN_FILE=str(out))
    shell.fails(PERMISSION, "token", "list", "mqtt", CHATWIRE_MQTT_TOKEN_FILE=str(out))

    listed = [json.loads(line) for line in shell.ok("token", "list", "mqtt", "--json").splitlines()]
    (mine,) = [token for token in listed if token["label"] == "wall switch"]
    shell.ok("token", "revoke", "mqtt", mine["token_id"])
    shell.fails(PERMISSION, "on", "lamp", CHATWIRE_MQTT_TOKEN_FILE=str(out))
    shell.fails(NOT_FOUND, "token", "revoke", "mqtt", mine["token_id"])


def test_a_token_of_an_account_survives_a_restart_of_the_service(shell, stack):
    out = shell.home / "chat.token"
    shell.ok(
        *("token", "create", "xmpp", "--label", "door", "--scope", "chat", "--for", stack.bot),
        *("--out", str(out)),
    )
    stack.xmppd.kill_and_restart()
    shell.ok("send", stack.person, "from the door", CHATWIRE_TOKEN_FILE=str(out))
    shell.fails(PERMISSION, "contacts", CHATWIRE_TOKEN_FILE=str(out))


def test_the_same_request_makes_one_token(shell):
    words = ["token", "create", "xmpp", "--scope", "watch", "--for", "*", "--json"]
    words += ["--request-id", "8a3e3d3e-5a0e-4f7e-9a52-6a1c0f6b1d01"]
    first = json.loads(shell.ok(*words, "--label", "once"))
    second = json.loads(shell.ok(*words, "--label", "once"))
    assert first["info"]["token_id"] == second["info"]["token_id"] and second["replayed"]
    shell.fails(CONFLICT, *words, "--label", "twice")


@pytest.mark.parametrize("part", ["xmpp", "mqtt"])
def test_every_scope_of_the_contracts_can_be_given(shell, part):
    accounts = ["--for", "*"] if part == "xmpp" else []
    scopes = _scopes(part)
    assert len(scopes) > 4
    given = [word for scope in scopes for word in ("--scope", scope)]
    shell.ok("token", "create", part, "--label", "all", *given, *accounts)
    wrong = shell.fails(
        USAGE, "token", "create", part, "--label", "x", "--scope", "nonsense", *accounts
    )
    assert scopes[0] in wrong
