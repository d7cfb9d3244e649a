"""`chatwire` alone in a terminal of 80 by 24, by somebody who has read nothing."""

import re
import subprocess
import uuid

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.rich_user import RichUser
from world.roommate import Roommate
from world.services import BIN
from world.shell_terminal import ShellTerminal
from world.stack import Stack
from world.waiting import eventually, free_port
from world.xmpp_servers import DOMAIN, ROOMS


class Newcomer:
    """Somebody without an account, in whose environment only stands where the services are."""

    def __init__(self, stack):
        self.stack = stack
        stack.start_xmppd()
        stack.start_mqttd()
        stack.create("lamp", title="Lamp in the hall")
        eventually(stack.is_told, "the broker is there")
        self.device = stack.device()
        self.environment = {
            "HOME": str(stack.folder),
            "CHATWIRE_SERVER": stack.xmppd.address,
            "CHATWIRE_MQTT_SERVER": stack.mqttd.address,
            "CHATWIRE_CA": str(stack.authority.certificate),
            "CHATWIRE_MQTT_TOKEN_FILE": str(stack.mqttd.state / "admin.token"),
        }

    def terminal(self, **environment):
        """A terminal in which `chatwire` runs."""
        terminal = ShellTerminal(self.stack.folder, [], {**self.environment, **environment})
        self.stack.on_close(terminal.close)
        return terminal

    def alice(self):
        """Somebody with another client."""
        stack = self.stack
        alice = RichUser(stack.person, stack.person_password, stack.authority, stack.server.port)
        stack.on_close(alice.close)
        return alice


@pytest.fixture(name="newcomer")
def _newcomer(tmp_path, authority, one_server, broker):
    stack = Stack(tmp_path, authority, one_server, broker)
    yield Newcomer(stack)
    stack.close()


def choose(terminal, entry):
    """Takes ENTRY of the menu by its number."""
    numbered = re.compile(rf" (\d)  .*{re.escape(entry)}")
    found = eventually(lambda: numbered.search(terminal.screen()), lambda: f"{entry} on\n{terminal.screen()}")
    terminal.type(found.group(1))


def sign_up(terminal, jid, password):
    choose(terminal, "Sign up")
    terminal.see("Your new address")
    terminal.enter(jid)
    terminal.see(f"Password of {jid}")
    terminal.enter(password)
    terminal.see("The same again")
    terminal.enter(password)
    terminal.see(f"Chatwire: {jid}", "Welcome!")


def test_from_nothing_to_a_first_message_and_a_lamp_that_is_on(newcomer):
    alice = newcomer.alice()
    jid, password = f"maria{uuid.uuid4().hex[:8]}@{DOMAIN}", uuid.uuid4().hex
    terminal = newcomer.terminal()
    terminal.see("Sign in", "Help", "Quit")
    sign_up(terminal, jid, password)
    assert password not in terminal.screen()

    choose(terminal, "Write to somebody")
    terminal.see("To whom")
    terminal.enter(newcomer.stack.person)
    terminal.see("online", f" {newcomer.stack.person}")
    terminal.enter("good morning")
    message = alice.find("the first message", lambda stanza: stanza["body"] == "good morning")
    assert message["from"].bare == jid
    terminal.see("good morning ✓")
    terminal.enter("/quit")

    choose(terminal, "Checkboxes")
    terminal.see("[?] Lamp in the hall")
    terminal.press("Space")
    terminal.see("[x] Lamp in the hall")
    assert newcomer.stack.get("lamp").reported == checkbox.CHECKBOX_STATE_ON
    terminal.press("Enter")
    terminal.see("[ ] Lamp in the hall")
    terminal.type("q")
    terminal.see("Sign out")
    terminal.type("q")
    assert terminal.ended() == 0

    again = newcomer.terminal()
    again.see(f"Chatwire: {jid}")
    choose(again, "Sign out")
    choose(again, "Yes, sign out")
    again.see("is signed out", "Sign up")
    choose(again, "Sign in")
    again.see("Your address")
    again.enter(jid)
    again.see("Password of")
    again.enter("wrong")
    again.see("the server refused")
    again.enter(password)
    again.see(f"You are {jid}")
    choose(again, "Sign out")
    choose(again, "Yes, sign out")
    choose(again, "Sign in")
    again.see("Your address")
    again.enter(jid)
    again.see("Password of")
    again.enter("")
    again.see("Sign up", "password")
    again.press("C-c")
    assert again.ended() == 130


def test_contacts_and_rooms_lead_to_a_chat(newcomer):
    stack = newcomer.stack
    alice = Roommate(stack.person, stack.person_password, stack.authority, stack.server.port)
    stack.on_close(alice.close)
    terminal = newcomer.terminal()
    name = f"maria{uuid.uuid4().hex[:8]}"
    choose(terminal, "Sign up")
    terminal.see("Your new address")
    terminal.enter(name)
    terminal.see("At which server")
    terminal.enter(DOMAIN)
    terminal.see("Password of")
    terminal.enter("tea-and-biscuits")
    terminal.see("The same again")
    terminal.enter("tea-and-biscuits")
    choose(terminal, "Contacts")
    choose(terminal, "Add somebody")
    terminal.see("Whom to add")
    terminal.enter(newcomer.stack.person)
    terminal.see("online", f" {newcomer.stack.person}")
    terminal.press("C-d")
    choose(terminal, "Contacts")
    choose(terminal, newcomer.stack.person)
    terminal.see("online", f" {newcomer.stack.person}")
    terminal.press("C-d")
    choose(terminal, "Rooms")
    choose(terminal, "Enter a room")
    room = f"tea{uuid.uuid4().hex[:8]}@{ROOMS}"
    alice.create(room, "alice")
    terminal.see("Which room")
    terminal.enter(room)
    terminal.see(f"{room} (2)")
    terminal.enter("good morning, all")
    alice.wait_room_message(room, "good morning, all")
    terminal.press("C-d")
    choose(terminal, "Rooms")
    terminal.see(room)
    terminal.press("Escape")
    choose(terminal, "Help")
    terminal.see("/quit comes back here")
    terminal.press("Enter")
    choose(terminal, "Quit")
    assert terminal.ended() == 0


def test_a_service_that_is_away_is_named_and_the_menu_stays(newcomer):
    nobody = f"localhost:{free_port()}"
    terminal = newcomer.terminal(
        CHATWIRE_SERVER=nobody, CHATWIRE_MQTT_SERVER=nobody, LANG="pt_BR.UTF-8", NO_COLOR="1"
    )
    terminal.see(nobody, "chatwire-xmppd", "Tentar de novo", "Sair do programa")
    terminal.press("Down")
    terminal.press("Enter")
    terminal.see("chatwire-mqttd", "Sair do programa", seconds=60)
    coloured = terminal.screen(colours=True)
    assert not any(f"\x1b[{code}m" in coloured for code in (*range(30, 38), *range(90, 98)))
    terminal.press("C-c")
    assert terminal.ended() == 130


def test_without_a_terminal_it_is_a_wrong_use(newcomer):
    done = subprocess.run(
        [str(BIN / "chatwire")], env=newcomer.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2 and done.stdout == "" and "--help" in done.stderr
