"""The command line against the live services: what it prints and its exit codes."""

import json
import subprocess

import pytest

from world.shell import CONFLICT, LATE, NOT_FOUND, OTHER, PERMISSION, UNAVAILABLE, USAGE, Shell
from world.stack import Stack
from world.waiting import eventually, free_port


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("cli"), authority, one_server, broker).up()
    yield stack
    stack.close()


@pytest.fixture(name="shell")
def _shell(stack, tmp_path):
    return Shell(stack, tmp_path)


def test_the_version_is_told_by_a_shorter_way_that_ends_alike(shell, tmp_path):
    said = shell.ok("version")
    assert said.startswith("chatwire ") and said == shell.ok("--version")
    assert json.loads(shell.ok("version", "--json"))["version"] in said
    config = tmp_path / "config" / "chatwire"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("json = true\n", encoding="utf-8")
    assert json.loads(shell.ok("version", XDG_CONFIG_HOME=str(config.parent)))["version"] in said
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = shell.command("version")
        done = subprocess.run(**command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == OTHER and "No space left" in done.stderr


def test_health_version_and_help(shell):
    assert "yes" in shell.ok("health")
    assert shell.ok("version")
    assert "checkbox" in shell.ok("--help")
    shell.fails(USAGE, "no-such-command")
    shell.fails(UNAVAILABLE, "health", CHATWIRE_SERVER=f"localhost:{free_port()}")


def test_login_saves_a_private_token_that_works(shell, stack):
    jid, password = stack.new_account("shell")
    out = shell.home / "token"

    text = shell.ok("login", jid, "--password-stdin", "--token-out", str(out), given=password + "\n")

    assert jid in text and password not in text
    assert out.stat().st_mode & 0o777 == 0o600
    assert jid in shell.ok("accounts", CHATWIRE_TOKEN_FILE=str(out))
    shell.ok("logout", CHATWIRE_TOKEN_FILE=str(out))
    shell.fails(PERMISSION, "accounts", CHATWIRE_TOKEN_FILE=str(out))


def test_login_failures_have_their_exit_codes(shell, stack):
    wrong = shell.fails(PERMISSION, "login", stack.bot, "--password-stdin", given="secret-typo\n")
    assert "secret-typo" not in wrong
    shell.fails(USAGE, "login", "not a jid", "--password-stdin", given="x\n")


def test_a_message_goes_out_and_is_seen_by_watch(shell, stack):
    person = stack.person_online()
    lines, popen = shell.watch("watch", "--json", "--from-beginning")

    shell.ok("send", stack.person, "hello from a shell", "--wait", "ack")
    person.wait("hello from a shell")
    person.say(stack.bot, "hello back")

    try:
        eventually(lambda: any("hello back" in line for line in lines), lambda: f"{lines}")
    finally:
        popen.kill()
        popen.wait()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    shell.ok("send", stack.person, "-", given="from a pipe")
    person.wait("from a pipe")


def test_sending_nonsense_is_a_usage_error(shell):
    shell.fails(USAGE, "send", "not a jid", "x")
    shell.fails(USAGE, "send", "a@chatwire.test", "")


def test_contacts_and_presence(shell, stack):
    assert stack.person in shell.ok("contacts")
    shell.ok("presence", "set", "away", "--status", "back soon")
    shell.fails(USAGE, "presence", "set", "sleeping")


def test_checkboxes_from_creation_to_deletion(shell, stack):
    shell.ok("checkbox", "create", "fan", "--title", "Big fan", "--virtual")
    shell.fails(CONFLICT, "checkbox", "create", "fan")
    shell.fails(USAGE, "checkbox", "create", "Big Fan")
    shell.ok("checkbox", "set", "fan", "on", "--wait")
    fan = json.loads(shell.ok("checkbox", "get", "fan", "--json"))
    assert (fan["name"], fan["reported"], fan["version"]) == ("fan", "on", 1)
    shell.ok("checkbox", "toggle", "fan")
    names = [json.loads(line)["name"] for line in shell.ok("checkbox", "list", "--json").splitlines()]
    assert names == ["fan", "lamp"]
    shell.ok("checkbox", "delete", "fan")
    assert "lamp" in shell.fails(NOT_FOUND, "checkbox", "get", "lmap")
    assert stack.get("lamp").version == 0


def test_waiting_for_a_silent_device_is_late(shell, stack):
    stack.create("dark")
    shell.fails(LATE, "checkbox", "set", "dark", "on", "--wait", "--timeout", "1s")


def test_checkbox_watch_follows(shell, stack):
    stack.create("seen", virtual_device=True)
    lines, popen = shell.watch("checkbox", "watch", "--json")
    eventually(lambda: any("seen" in line for line in lines), lambda: f"{lines}")

    shell.ok("checkbox", "set", "seen", "on")

    def is_on():
        boxes = [json.loads(line) for line in lines]
        return any(b.get("name") == "seen" and b.get("reported") == "on" for b in boxes)

    try:
        eventually(is_on, lambda: f"{lines}")
    finally:
        popen.kill()
        popen.wait()


def test_no_and_wrong_tokens(shell, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("nonsense\n", encoding="utf-8")
    wrong.chmod(0o600)
    shell.fails(PERMISSION, "checkbox", "list", CHATWIRE_MQTT_TOKEN_FILE=str(wrong))
    shell.fails(PERMISSION, "contacts", CHATWIRE_TOKEN_FILE=str(wrong))
