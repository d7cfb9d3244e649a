"""`chatwire chat` in a terminal of 80 by 24, with slixmpp as the other side."""

import subprocess
import unicodedata
import uuid

import pytest

from world.rich_user import RichUser
from world.roommate import Roommate
from world.services import BIN
from world.shell_terminal import ShellTerminal
from world.stack import Stack
from world.waiting import eventually
from world.xmpp_servers import ROOMS


class Desk:
    """The bot's account on xmpp-service, whose owner sits at terminals."""

    def __init__(self, stack):
        self.stack = stack
        stack.start_xmppd()
        token_file = stack.folder / "bot.token"
        token_file.write_text(stack.login() + "\n", encoding="utf-8")
        token_file.chmod(0o600)
        self.environment = {
            "HOME": str(stack.folder),
            "CHATWIRE_SERVER": stack.xmppd.address,
            "CHATWIRE_CA": str(stack.authority.certificate),
            "CHATWIRE_TOKEN_FILE": str(token_file),
        }

    def terminal(self, *arguments, **environment):
        """A terminal in which `chatwire ARGUMENTS...` runs."""
        everything = {**self.environment, **environment}
        terminal = ShellTerminal(self.stack.folder, arguments, everything)
        self.stack.on_close(terminal.close)
        return terminal

    def chat(self, **environment):
        """A terminal with the chat with the bot's contact on it."""
        terminal = self.terminal("chat", self.stack.person, **environment)
        terminal.see("online", f" {self.stack.person}")
        return terminal

    def user(self, kind, jid, password):
        """Somebody else, with a client of KIND."""
        user = kind(jid, password, self.stack.authority, self.stack.server.port)
        self.stack.on_close(user.close)
        return user

    def alice(self, kind=RichUser):
        """The bot's contact."""
        return self.user(kind, self.stack.person, self.stack.person_password)


@pytest.fixture(name="desk")
def _desk(tmp_path, authority, one_server, broker):
    stack = Stack(tmp_path, authority, one_server, broker)
    yield Desk(stack)
    stack.close()


def columns(text):
    """How many columns TEXT takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def test_messages_marks_and_typing_both_ways(desk):
    alice, bot = desk.alice(), desk.stack.bot
    terminal = desk.chat()
    terminal.see(f"{bot}  online")

    def ask_for_marker(stanza):
        stanza.enable("markable")

    theirs = alice.send(bot, "good morning", change=ask_for_marker)
    terminal.see("good morning")
    marker = alice.find(
        "the marker", lambda s: s.xml.find("{urn:xmpp:chat-markers:0}displayed") is not None
    )
    assert marker["displayed"]["id"] == theirs

    alice.send(bot, change=lambda s: s.__setitem__("chat_state", "composing"))
    terminal.see("is typing…")
    terminal.type("a long")
    alice.find("that the bot types", lambda s: s["chat_state"] == "composing")
    terminal.enter(" day")
    message = alice.find("the message", lambda s: s["body"] == "a long day")
    terminal.see("a long day ✓✓")
    alice.run(lambda client: client["xep_0333"].send_marker(bot, message["id"], "displayed"))
    terminal.see("a long day ✓✓ seen")


def test_corrections_reactions_and_what_is_taken_back(desk):
    alice = desk.alice()
    terminal = desk.chat()
    terminal.enter("helo")
    terminal.see("helo ✓")
    terminal.enter("/correct hello")
    alice.find("the correction", lambda s: s["replace"]["id"] and s["body"] == "hello")
    terminal.see("hello (edited)")
    alice.send(desk.stack.bot, "what a day")
    terminal.see("what a day")
    terminal.enter("/react 👍")
    alice.find("the reaction", lambda s: s.xml.find("{urn:xmpp:reactions:0}reactions") is not None)
    terminal.see("[👍 you]")
    terminal.enter("/retract")
    terminal.see("(taken back)")
    terminal.enter("/jion somewhere")
    terminal.see("did you mean /join?")


def test_what_is_unread_is_counted_and_a_key_away(desk):
    alice = desk.alice()
    terminal = desk.chat()
    bob = desk.user(RichUser, *desk.stack.new_account("bob"))
    for text in ("one", "two"):
        bob.send(desk.stack.bot, text)
    terminal.see("2 unread")
    terminal.press("Tab")
    terminal.see(": one", ": two")
    terminal.see_no("unread")
    alice.send(desk.stack.bot, "and me")
    terminal.see("1 unread")
    terminal.press("C-p")
    terminal.see(": and me")


def test_a_room_with_completion_of_nicks(desk):
    room = f"tea{uuid.uuid4().hex[:8]}@{ROOMS}"
    alice = desk.alice(Roommate)
    alice.create(room, "alice")
    terminal = desk.terminal("chat", room)
    terminal.see("you are in the room as", f"{room} (2)")
    alice.write(room, "welcome")
    terminal.see("alice: welcome")
    terminal.type("al")
    terminal.press("Tab")
    terminal.see("> alice:")
    terminal.enter("thanks")
    alice.wait_room_message(room, "alice: thanks")
    terminal.see("alice: thanks ✓")
    terminal.enter("/nick robot")
    terminal.see("is now robot")
    terminal.enter("/who")
    terminal.see("2 here:")
    terminal.enter("/leave")
    terminal.see_no("# ")


def test_an_outage_of_the_service_loses_and_repeats_nothing(desk):
    alice = desk.alice()
    terminal = desk.chat()
    terminal.enter("before")
    terminal.see("before ✓✓")
    desk.stack.xmppd.stop()
    terminal.see("connection lost, reconnecting")
    terminal.enter("during")
    terminal.see("during …")
    desk.stack.xmppd.start()
    terminal.see("during ✓✓", seconds=60)
    terminal.see_no("connection lost")
    alice.send(desk.stack.bot, "after")
    text = terminal.see(": after")
    for said in ("before", "during", "after"):
        assert text.count(f": {said}") == 1, text
    assert alice.texts() == ["before", "during"]


def test_the_past_is_there_and_pages_back(desk):
    alice = desk.alice()
    for number in range(90):
        alice.send(desk.stack.bot, f"line {number:02} of many")
    terminal = desk.chat()
    terminal.see("line 89 of many")
    for _ in range(4):
        terminal.press("PPage")
    terminal.see("more below")
    for _ in range(12):
        terminal.press("PPage")
    terminal.see("line 00 of many")
    terminal.press("End")
    terminal.see("line 89 of many")


def test_wide_and_harmful_characters(desk):
    alice = desk.alice()
    terminal = desk.chat()
    alice.send(desk.stack.bot, "漢字 👍 e\u0301 👨\u200d👩\u200d👧 " * 4 + "the end")
    alice.send(desk.stack.bot, "\u009b2J\u202e evil")
    terminal.see("the end", "\\u{9b}2J\\u{202e} evil")
    rows = [row for row in terminal.screen().split("\n") if "│" in row]
    assert len(rows) == 21
    assert {columns(row.partition("│")[0]) for row in rows} == {20}


def test_a_pasted_text_of_several_lines_is_one_message(desk):
    alice = desk.alice()
    terminal = desk.chat()
    terminal.paste("roses are red\n\nviolets are blue\n")
    terminal.see("violets are blue")
    assert not alice.texts()
    terminal.press("Enter")
    alice.find("all of it", lambda stanza: stanza["body"] == "roses are red\n\nviolets are blue")
    terminal.enter("/quit")
    assert terminal.ended() == 0
    terminal.paste("a\n")
    assert "200~" not in terminal.screen()


def test_what_was_sent_right_before_the_end_gets_there(desk):
    alice = desk.alice()
    terminal = desk.chat()
    terminal.type("the last word\r/quit\r")
    assert terminal.ended() == 0
    alice.find("the last word", lambda stanza: stanza["body"] == "the last word")


def test_what_the_program_says_of_itself_stands_in_the_title_and_nowhere_else(desk):
    alice = desk.alice()
    terminal = desk.terminal("chat", desk.stack.person, "--verbose")
    terminal.see("online", f" {desk.stack.person}")
    alice.send(desk.stack.bot, "good morning")
    terminal.see(": good morning", "online  xmpp.v1.ChatService.")
    rows = terminal.screen().split("\n")
    assert "online" in rows[0] and sum("│" in row for row in rows) == 21, rows
    assert not any(row.startswith("chatwire:") for row in rows), rows


def test_the_past_goes_on_in_the_archive_of_the_server(desk):
    jid, password = desk.stack.new_account("second")
    before = desk.user(RichUser, jid, password)
    desk.alice()
    for number in range(120):
        before.send(desk.stack.person, f"line {number} before the service knew of it")
    before.close()
    token = desk.stack.folder / "second.token"
    token.write_text(desk.stack.login(jid, password), encoding="utf-8")
    token.chmod(0o600)
    terminal = desk.terminal("chat", desk.stack.person, CHATWIRE_TOKEN_FILE=str(token))
    terminal.see("line 119 before")
    terminal.enter("and now")
    terminal.see("and now ✓")

    def at_the_top():
        terminal.press("PPage")
        return "line 0 before" in terminal.screen()

    eventually(at_the_top, terminal.screen, interval=0.1)
    assert "line 1 before" in terminal.screen() and "line 2 before" in terminal.screen()
    terminal.press("End")
    assert terminal.see("line 118", "line 119", "and now").count("line 119") == 1


def test_a_file_goes_out(desk):
    desk.alice()
    terminal = desk.chat()
    terminal.enter("/file /no/such/file")
    terminal.see("could not send file", "such file or directory")


@pytest.mark.parametrize(("keys", "code"), [(("/quit", "Enter"), 0), (("C-c",), 130), (("C-d",), 0)])
def test_the_terminal_is_left_as_it_was(desk, keys, code):
    desk.alice()
    terminal = desk.chat()
    terminal.press(*keys)
    assert terminal.ended() == code


def test_without_colour_nothing_is_coloured(desk):
    desk.alice().send(desk.stack.bot, "plain")
    terminal = desk.chat(NO_COLOR="1")
    terminal.see("plain")
    coloured = terminal.screen(colours=True)
    assert not any(f"\x1b[{code}m" in coloured for code in (*range(30, 38), *range(90, 98)))


def test_lines_through_a_pipe(desk):
    alice = desk.alice()
    environment = {**desk.environment, "LANG": "C.UTF-8"}
    command = [str(BIN / "chatwire"), "chat", desk.stack.person]
    given = "one\n/quit\ntwo\n"
    done = subprocess.run(
        command, env=environment, input=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    # What comes through a pipe is text and no command.
    assert alice.wait("one", "/quit", "two")
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as popen:
        popen.stdin.write("ready\n")
        popen.stdin.flush()
        alice.wait("ready")
        alice.send(desk.stack.bot, "an answer\nof two lines")
        assert popen.stdout.readline().endswith(": an answer\\nof two lines\n")
        popen.stdin.close()
        assert popen.wait(10) == 0


def test_errors_are_told_before_there_is_a_screen(desk):
    terminal = desk.terminal("chat", "alice")
    terminal.see("write NAME@SERVER")
    assert terminal.ended() == 2
