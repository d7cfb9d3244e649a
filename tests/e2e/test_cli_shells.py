"""Completion where people use it: bash, zsh and fish, with the Tab key; and the doctor's advice."""

import json
import subprocess
import uuid

import pytest

from world.services import BIN
from world.shell import UNAVAILABLE, Shell
from world.stack import Stack
from world.typist import Typist
from world.waiting import free_port
from world.xmpp_servers import ROOMS

PROMPT = "ready> "
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(chatwire completion bash)"),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -Uz compinit; compinit -u -D; source <(chatwire completion zsh)",
    ),
}


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("shells"), authority, one_server, broker).up()
    yield stack
    stack.close()


@pytest.fixture(name="shell")
def _shell(stack, tmp_path):
    shell = Shell(stack, tmp_path)
    shell.environment["PATH"] = f"{BIN.resolve()}:/usr/bin:/bin"
    return shell


@pytest.fixture(name="room", scope="module")
def _room(stack, tmp_path_factory):
    room = f"tea{uuid.uuid4().hex[:8]}@{ROOMS}"
    Shell(stack, tmp_path_factory.mktemp("room")).ok("room", "create", room)
    return room


@pytest.fixture(name="typist", params=sorted(START))
def _typist(request, shell):
    arguments, setup = START[request.param]
    # The word that tells of the prompt must not stand in what is typed.
    variable = {"PS1": PROMPT, "PROMPT": PROMPT}
    typist = Typist(arguments, {**shell.environment, **variable})
    typist.type(setup + "; echo set'-'up\n")
    typist.wait("set-up")
    yield typist
    typist.close()


def test_tab_completes_commands_checkboxes_contacts_and_rooms(typist, stack, room):
    for begun, whole in (
        ("chatwire tog", "chatwire toggle "),
        ("chatwire on la", "on lamp"),
        (f"chatwire send {stack.person[:8]}", stack.person),
        (f"chatwire room leave {room[:6]}", room),
        ("chatwire room le", "room leave"),
    ):
        # Ctrl-U: an empty line
        typist.type("\x15" + begun + "\t")
        typist.wait(whole)


def test_fish_is_told_the_same(shell, stack, room):
    def offered(line):
        script = f"chatwire completion fish | source; complete -C '{line}'"
        done = subprocess.run(
            ["fish", "--no-config", "-c", script],
            env=shell.environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [candidate.split("\t")[0] for candidate in done.stdout.splitlines()]

    assert "lamp" in offered("chatwire on ")
    assert offered(f"chatwire send {stack.person[:8]}") == [stack.person]
    assert offered(f"chatwire room leave {room[:6]}") == [room]
    assert "toggle" in offered("chatwire tog")


def test_profiles_and_keys_are_completed(shell):
    shell.ok("config", "set", "profile.home.server", "127.0.0.1:1")
    assert shell.ok("__complete", "config", "use", "").startswith("home\t")
    assert shell.ok("__complete", "version", "--profile", "ho").startswith("home\t")
    assert "mqtt-server" in shell.ok("__complete", "config", "get", "mqtt")


def test_the_doctor_says_what_to_do_about_each_fault(shell, stack):
    def failed(**environment):
        done = shell.run("doctor", "--json", **environment)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == UNAVAILABLE, done.stderr
        return {row["check"]: row["message"] for row in rows if not row["ok"]}

    away = f"localhost:{free_port()}"
    assert "start chatwire-xmppd" in failed(CHATWIRE_SERVER=away)["xmpp-service"]
    assert "start chatwire-mqttd" in failed(CHATWIRE_MQTT_SERVER=away)["mqtt-service"]
    assert "--ca" in failed(CHATWIRE_CA=None)["xmpp-service"]
    assert "/nowhere" in failed(CHATWIRE_CA="/nowhere")["xmpp-service address"]
    assert "--mqtt-token-file" in failed(CHATWIRE_MQTT_TOKEN_FILE=None)["mqtt-service"]
    admin = str(stack.xmppd.state / "admin.token")
    assert "--account" in failed(CHATWIRE_TOKEN_FILE=admin)["account"]
    shared = shell.home / "shared.token"
    shared.write_text((stack.folder / "mqttd" / "bot.token").read_text(encoding="utf-8"), "utf-8")
    shared.chmod(0o644)
    assert "chmod 600" in failed(CHATWIRE_TOKEN_FILE=str(shared))["secrets"]


def test_the_doctor_tells_of_a_broker_that_is_away(tmp_path, authority, one_server, broker):
    stack = Stack(tmp_path, authority, one_server, broker)
    try:
        stack.start_xmppd()
        stack.start_mqttd(stack.login(), broker=f"mqtt://127.0.0.1:{free_port()}")
        done = Shell(stack, tmp_path).run("doctor", "--json")
        rows = {row["check"]: row for row in map(json.loads, done.stdout.splitlines())}
        assert not rows["broker, publishing"]["ok"]
        assert "see that it runs" in rows["broker, publishing"]["message"]
    finally:
        stack.close()
