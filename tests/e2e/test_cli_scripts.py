"""What scripts rely on, in a real shell: pipes that end, positions, commands for events, exit codes, formats."""

import json
import subprocess

import pytest

from world.services import BIN
from world.shell import INTERRUPTED, LATE, USAGE, Shell
from world.stack import Stack
from world.waiting import eventually

SECONDS = 20


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("scripts"), authority, one_server, broker).up()
    yield stack
    stack.close()


@pytest.fixture(name="shell")
def _shell(stack, tmp_path):
    return Shell(stack, tmp_path)


def _bash(shell, line):
    """Runs LINE with chatwire in the PATH; returns what it did."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        env={**shell.environment, "PATH": f"{BIN.resolve()}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_a_reader_that_has_seen_enough_ends_the_stream_at_once(shell, stack):
    shell.ok("send", stack.person, "something to see")

    done = _bash(shell, "chatwire listen --json --from-beginning | head -1")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sequence"] >= 1
    assert done.stderr == ""


def test_a_closed_pipe_is_no_error_of_an_ordinary_command(shell):
    done = _bash(shell, "chatwire --help | head -1; chatwire checkbox list | true")
    assert (done.returncode, done.stderr) == (0, "")


def test_each_line_is_a_message_and_each_event_a_command(shell, stack):
    person = stack.person_online()
    position = shell.home / "position"
    # What is stored so far is not for the command.
    shell.ok("listen", "--from-beginning", "--count", "1", "--resume-file", str(position))

    done = _bash(shell, f"printf 'one\\n\\ntwo\\n' | chatwire send {stack.person} --stdin --fields stage")

    assert done.stdout.split() == ["accepted", "accepted"], done.stderr
    person.wait("two")
    person.say(stack.bot, "$(echo pwned) `id`")
    done = _bash(
        shell,
        "chatwire listen --kinds message_received --count 1 --resume-file ~/position "
        """--exec 'echo "$CHATWIRE_FROM: $CHATWIRE_BODY"; jq -e .sequence >/dev/null 2>&1; true'""",
    )
    assert done.returncode == 0, done.stderr
    assert "$(echo pwned) `id`" in done.stdout and stack.person in done.stdout
    assert position.read_text(encoding="utf-8").strip()


def test_a_format_prints_what_it_names(shell, stack):
    person = stack.person_online()
    person.say(stack.bot, "a\tb")
    done = _bash(
        shell,
        "chatwire listen --since 1h --kinds message_received --format '{from}|{body}' | grep -m1 'a.tb'",
    )
    assert done.stdout.startswith(stack.person) and done.stdout.endswith("|a\\tb\n"), done.stderr
    assert shell.ok("checkbox", "list", "--fields", "name,reported") == "lamp\tunknown\n"
    assert "did you mean" in shell.fails(USAGE, "checkbox", "list", "--fields", "nmae")


def test_a_time_out_and_ctrl_c_have_their_exit_codes(shell, stack):
    stack.create("mute")
    shell.fails(LATE, "on", "mute", "--wait", "--timeout", "500ms")
    lines, popen = shell.watch("listen", "--json", "--from-beginning")
    eventually(lambda: lines, lambda: f"{lines}")
    popen.send_signal(2)
    assert popen.wait(SECONDS) == INTERRUPTED


def test_verbose_shows_the_calls_and_no_secret(shell, stack):
    done = shell.run("contacts", "--verbose")
    token = (stack.folder / "mqttd" / "bot.token").read_text(encoding="utf-8").strip()
    assert done.returncode == 0
    assert "RosterService.ListContacts" in done.stderr and " OK in " in done.stderr
    assert token not in done.stderr
