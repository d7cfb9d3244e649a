"""A person at finch, Pidgin without a window: its library (libpurple) is the same, the rest is a terminal."""

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from world.name_server import in_container
from world.terminal import Terminal
from world.waiting import eventually
from world.xmpp_servers import ROOMS

# libpurple takes authorities from here alone, whatever their names.
AUTHORITIES = Path("/etc/ssl/certs")

ACCOUNTS = """<?xml version='1.0' encoding='UTF-8' ?>
<account version='1.0'>
  <account>
    <protocol>prpl-jabber</protocol>
    <name>{jid}/finch</name>
    <password>{password}</password>
    <statuses>
      <status type='available' name='Available' active='true'><attributes/></status>
    </statuses>
    <settings>
      <setting name='connect_server' type='string'>localhost</setting>
      <setting name='port' type='int'>{port}</setting>
      <setting name='connection_security' type='string'>require_tls</setting>
    </settings>
    <settings ui='gnt-purple'>
      <setting name='auto-login' type='bool'>1</setting>
    </settings>
  </account>
</account>
"""

PREFERENCES = """<?xml version='1.0' encoding='UTF-8' ?>
<pref version='1' name='/'>
  <pref name='finch'>
    <pref name='conversations'>
      <pref name='notify_typing' type='bool' value='1'/>
      <pref name='timestamps' type='bool' value='0'/>
    </pref>
  </pref>
  <pref name='purple'>
    <pref name='conversations'>
      <pref name='im'><pref name='send_typing' type='bool' value='1'/></pref>
    </pref>
    <pref name='logging'>
      <pref name='log_ims' type='bool' value='0'/>
      <pref name='log_chats' type='bool' value='0'/>
    </pref>
  </pref>
</pref>
"""

CHATS = """<?xml version='1.0' encoding='UTF-8' ?>
<purple version='1.0'>
  <blist>{chats}</blist>
</purple>
"""

CHAT = """<group name='Chats'>
  <chat proto='prpl-jabber' account='{jid}/finch'>
    <component name='room'>{room}</component>
    <component name='server'>{rooms}</component>
    <component name='handle'>{nick}</component>
    <setting name='gnt-autojoin' type='bool'>1</setting>
  </chat>
</group>"""


class Finch(Terminal):
    """Logged in as JID. Enters ROOM at once, if one is given, as NICK."""

    def __init__(self, stack, jid, password, room=None, nick="alice"):
        if not in_container():
            pytest.skip("an authority for all programs of a machine is for a container of one's own")
        self.jid = jid
        home = stack.folder / f"finch-{jid.split('@')[0]}"
        settings = home / "purple"
        settings.mkdir(parents=True)
        authority = AUTHORITIES / f"chatwire-{stack.folder.name}-{jid.split('@')[0]}.pem"
        shutil.copy(stack.authority.certificate, authority)
        stack.on_close(authority.unlink)
        chats = CHAT.format(jid=jid, room=room.split("@")[0], rooms=ROOMS, nick=nick) if room else ""
        for name, text in (
            (
                "accounts.xml",
                ACCOUNTS.format(jid=jid, password=escape(password), port=stack.server.port),
            ),
            ("prefs.xml", PREFERENCES),
            ("blist.xml", CHATS.format(chats=chats)),
        ):
            (settings / name).write_text(text, encoding="utf-8")
        super().__init__(home, ["finch", "-c", settings], {})
        stack.on_close(self.close)
        self.see("Buddy List")

    def talk_to(self, contact):
        """Opens the window of CONTACT, the first on the list."""
        # The list is narrow.
        self.see(contact.split("@")[0])
        self.press("Down", "Enter")
        self.see(f"({self.jid}/finch")

    def look_up(self, text):
        """Goes to the next window that wants to be looked at, until there is one with TEXT."""

        def found():
            # What is seen need not have the focus yet.
            seen = text in self.screen()
            # Escape and Tab, as one key.
            self._tmux("send-keys", "-H", "1b", "09")
            return seen and text in self.screen()

        eventually(found, lambda: f"a window with {text} on\n{self.screen()}", interval=0.3)

    def agree(self, question):
        """Waits for a window with QUESTION, and takes its first answer."""
        self.look_up(question)
        self.press("Enter")
