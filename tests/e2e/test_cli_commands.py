"""The command line's groups of commands, against the live services and both XMPP servers."""

import json
import subprocess
import uuid

import pytest

from world.roommate import Roommate
from world.shell import CONFLICT, INTERRUPTED, NOT_FOUND, USAGE, Shell
from world.shell_terminal import ShellTerminal
from world.stack import Stack
from world.waiting import eventually
from world.xmpp_servers import DOMAIN, ROOMS


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory, authority, any_server, broker):
    stack = Stack(tmp_path_factory.mktemp("cli"), authority, any_server, broker).up()
    yield stack
    stack.close()


@pytest.fixture(name="shell")
def _shell(stack, tmp_path):
    return Shell(stack, tmp_path)


@pytest.fixture(name="alice")
def _alice(stack):
    user = Roommate(stack.person, stack.person_password, stack.authority, stack.server.port)
    yield user
    user.close()


def rows(text):
    """The objects that --json printed."""
    return [json.loads(line) for line in text.splitlines()]


def test_contacts_from_the_first_to_the_last(shell):
    jid = f"carol@{DOMAIN}"
    shell.ok("contact", "add", jid, "--name", "Carol", "--group", "Tea")
    shell.ok("contact", "rename", jid, "Carol C.")
    shell.ok("contact", "group", jid, "Coffee", "Friends")
    carol = json.loads(shell.ok("contact", "show", jid, "--json"))
    assert (carol["name"], sorted(carol["groups"])) == ("Carol C.", ["Coffee", "Friends"])
    assert [row["name"] for row in rows(shell.ok("contacts", "--json")) if row["jid"] == jid] == ["Carol C."]
    shell.ok("contact", "remove", jid)
    shell.fails(NOT_FOUND, "contact", "show", jid)


def test_blocking(shell):
    shell.ok("contact", "block", "spam.example")
    assert shell.ok("contact", "blocked") == "spam.example\n"
    shell.ok("contact", "unblock", "--all")
    assert shell.ok("contact", "blocked") == ""


def test_a_room_from_joining_to_its_end(shell, stack, alice):
    room = f"r{uuid.uuid4().hex[:8]}@{ROOMS}"
    alice.create(room, "alice", [stack.bot])
    assert shell.ok("room", "join", room, "bot") == f"in {room} as bot\n"
    people = {row["nick"]: row for row in rows(shell.ok("room", "participants", room, "--json"))}
    assert people["bot"]["affiliation"] == people["alice"]["affiliation"] == "owner"
    shell.ok("room", "configure", room, "--field", "muc#roomconfig_roomname=Tea")
    assert "Tea" in shell.ok("room", "info", room)
    shell.ok("room", "send", room, "the kettle is on", "--wait", "ack")
    eventually(
        lambda: "the kettle is on" in shell.ok("archive", "fetch", "--room", room, "--limit", "5"),
        "the message in the room's archive",
    )
    shell.ok("room", "ban", room, f"noisy@{DOMAIN}", "--reason", "noise")
    assert f"noisy@{DOMAIN}" in shell.ok("room", "affiliations", room, "outcast")
    shell.fails(USAGE, "room", "destroy", room)
    shell.ok("room", "destroy", room, "--yes")
    assert "the room is destroyed" in shell.ok("room", "joined")
    shell.ok("room", "leave", room)
    assert room not in shell.ok("room", "joined")


def test_what_servers_tell(shell):
    assert "archive" in shell.ok("discover", "features")
    assert json.loads(shell.ok("discover", "features", "--json"))["domain"] == DOMAIN
    assert shell.ok("discover", "items")
    assert "answered in" in shell.ok("ping")
    assert json.loads(shell.ok("discover", "software", "--json"))["name"]


def test_history_ends_with_the_newest(shell, stack):
    for text in ("first", "second"):
        shell.ok("send", stack.person, text)
    texts = [row["body"] for row in rows(shell.ok("history", stack.person, "--json"))]
    assert texts[-2:] == ["first", "second"]
    assert [row["body"] for row in rows(shell.ok("history", "--limit", "1", "--json"))] == ["second"]


def test_an_archive_of_many_pages_comes_whole_and_shows_how_far_it_is(shell, stack):
    person = stack.person_online()
    texts = [f"page {number}" for number in range(260)]
    for text in texts:
        person.say(stack.bot, text)
    newest = ("archive", "fetch", stack.person, "--json")
    eventually(lambda: texts[-1] in shell.ok(*newest, "--limit", "5"), "the last one in the archive", 60)

    printed, seen = shell.watched(*newest, "--limit", "255")

    assert len(rows(printed)) == 255
    assert " of 255 messages" in seen and seen.endswith("\r\x1b[K"), seen
    fetched = rows(shell.ok(*newest, "--all"))
    # What the bot has answered is there too.
    bodies = [row["body"] for row in fetched if row["body"] and not row["outgoing"]]
    assert bodies[-260:] == texts


def test_lines_and_closed_pipes(shell, stack):
    shell.ok("send", stack.person, "--stdin", given="one\n\ntwo\n")
    listening = subprocess.Popen(
        **shell.command("listen", "--from-beginning", "--json"), stdout=subprocess.PIPE
    )
    assert json.loads(listening.stdout.readline())["sequence"] > 0
    listening.stdout.close()
    assert listening.wait(10) == 0


def test_a_position_file_and_a_command_for_each_event(shell, stack):
    position, seen = str(shell.home / "position"), shell.home / "seen"
    shell.ok("listen", "--from-beginning", "--count", "2", "--resume-file", position)
    text = f"$(touch {shell.home}/pwned) {uuid.uuid4().hex}"
    shell.ok("send", stack.person, text)
    _, popen = shell.watch(
        *("listen", "--resume-file", position, "--kinds", "message_sent"),
        *("--exec", f'echo "$CHATWIRE_BODY" >> {seen}'),
    )
    eventually(lambda: seen.exists() and text in seen.read_text(encoding="utf-8"), "the event")
    popen.terminate()
    popen.wait(10)
    assert not (shell.home / "pwned").exists()


def test_a_command_that_the_shell_offers_and_runs(shell):
    lines, offer = shell.watch(
        *("command", "offer", "greet", "--for", "everybody", "--ask", "who=Whom to greet"),
        *("--exec", 'echo "hello $CHATWIRE_FIELD_who"'),
    )
    try:
        eventually(lambda: any("offered at" in line for line in lines), "the offer")
        jid = next(line for line in lines if "offered at" in line).split()[-1]
        assert "greet" in shell.ok("command", "list", jid)
        assert "hello Bob" in shell.ok("command", "run", jid, "greet", "--field", "who=Bob")
        shell.fails(NOT_FOUND, "command", "run", jid, "nothing-like-it")
    finally:
        offer.terminate()
        offer.wait(10)


def test_the_broker(shell):
    topic = f"test/{uuid.uuid4().hex}"
    shell.ok("broker", "publish", topic, "-", "--retain", "--qos", "1", given="ring")
    message = json.loads(shell.ok("broker", "subscribe", topic, "--count", "1", "--json"))
    assert (message["text"], message["retain"]) == ("ring", True)
    assert "connected: yes" in shell.ok("broker", "status")


def test_checkboxes_in_groups(shell):
    shell.ok("checkbox", "create", "fan", "--virtual")
    shell.ok("checkbox", "label", "fan", "kitchen")
    assert "fan" in shell.ok("checkbox", "set-label", "kitchen", "on")
    shell.ok("checkbox", "set-many", "fan", "--to", "off")
    shell.fails(CONFLICT, "checkbox", "set-many", "fan", "no-such", "--to", "on")
    document = shell.ok("checkbox", "export", "--label", "kitchen")
    assert "unchanged" in shell.ok("checkbox", "import", "-", given=document)
    assert "set" in [row["kind"] for row in rows(shell.ok("checkbox", "history", "fan", "--json"))]
    shell.ok("on", "fan")
    shell.ok("off", "fan")


def test_a_wait_for_many_devices_shows_how_many_are_confirmed(shell, stack):
    devices = []
    for name in ("gate", "pump", "valve"):
        shell.ok("checkbox", "create", name)
        shell.ok("checkbox", "label", name, "garden")
        devices.append(stack.device(name))
    for slow in devices[1:]:
        slow.silent = True

    def turn(action):
        words = ["checkbox", "set-label", "garden", action, "--wait", "--timeout", "60s"]
        terminal = ShellTerminal(stack.folder, words, shell.environment)
        stack.on_close(terminal.close)
        return terminal

    terminal = turn("on")
    terminal.see("turning on [##########....................] 1 of 3 confirmed")
    for slow in devices[1:]:
        slow.report("ON")
    assert terminal.ended() == 0
    assert "turning" not in terminal.screen() and "valve" in terminal.screen()

    devices[0].silent = True
    terminal = turn("off")
    terminal.see("turning off [..............................] 0 of 3 confirmed")
    terminal.press("C-c")
    assert terminal.ended() == INTERRUPTED
    assert "turning" not in terminal.screen()


def test_any_rpc_by_its_name(shell):
    assert "chatwire.mqtt.v1.CheckboxService/SetCheckbox" in shell.ok("api", "list")
    assert "message Contact {" in shell.ok("api", "describe", "chatwire.xmpp.v1.Contact")
    assert rows(shell.ok("api", "call", "DiscoveryService/Ping", "{}"))[0]["round_trip_time"]
    assert rows(shell.ok("api", "call", "CheckboxService/ListCheckboxes", given="{}"))
    # A stream of events has no end of its own.
    watched = shell.run(
        *("api", "call", "EventService/WatchEvents", '{"from_beginning": true}', "--timeout", "2s")
    )
    assert any("event" in row for row in rows(watched.stdout))
    assert "NO_SYMBOL" in shell.fails(NOT_FOUND, "api", "call", "Nothing/AtAll", "{}", "--json")


def test_the_doctor_and_the_completions(shell):
    found = rows(shell.ok("doctor", "--json"))
    assert all(row["ok"] for row in found), found
    assert "lamp\t" in shell.ok("__complete", "on", "")
    script = shell.ok("completion", "bash")
    done = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert done.returncode == 0
