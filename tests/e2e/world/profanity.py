"""A person at Profanity, a chat client for the terminal (libstrophe)."""

import re
import subprocess

from world.terminal import Terminal
from world.waiting import eventually
from world.xmpp_servers import ROOMS

# Nothing beside the text, so that a line is a line; each window tells its time of no line.
SETTINGS = """[ui]
splash=false
roster=false
statuses.muc=all
occupants=false
time.console=off
time.chat=off
time.muc=off
time.config=off
time.private=off
enc.warn=false
[notifications]
message=false
room=false
invite=false
sub=false
typing=false
[connection]
tls.certpath={certificates}
receipts.request=true
[presence]
lastactivity=true
"""

ACCOUNT = """[me]
enabled=true
jid={jid}
password={password}
server=127.0.0.1
port={port}
resource=profanity
tls.policy=force
muc.service={rooms}
muc.nick={nick}
presence.last=online
presence.login=online
"""


class Profanity(Terminal):
    """Logged in as JID, on the console's window. Commands are typed, and what they do is read."""

    def __init__(self, stack, jid, password):
        self.jid = jid
        home = stack.folder / f"profanity-{jid.split('@')[0]}"
        self._write(home, stack, password)
        places = {"XDG_CONFIG_HOME": home / "config", "XDG_DATA_HOME": home / "data"}
        # Wide, so that a line with an address or a URL in it is one line.
        super().__init__(home, ["profanity", "--account", "me"], places, columns=250)
        stack.on_close(self.close)
        self.see(f"{jid}/profanity logged in successfully")

    def _write(self, home, stack, password):
        certificates = home / "certificates"
        certificates.mkdir(parents=True)
        (certificates / "ca.pem").write_bytes(stack.authority.certificate.read_bytes())
        subprocess.run(["openssl", "rehash", str(certificates)], check=True)
        for kind in ("config", "data"):
            (home / kind / "profanity").mkdir(parents=True)
        settings = SETTINGS.format(certificates=certificates)
        (home / "config" / "profanity" / "profrc").write_text(settings, encoding="utf-8")
        account = ACCOUNT.format(
            jid=self.jid,
            password=password,
            port=stack.server.port,
            rooms=ROOMS,
            nick=self.jid.split("@")[0],
        )
        (home / "data" / "profanity" / "accounts").write_text(account, encoding="utf-8")

    def talk_to(self, jid):
        """Opens the window for JID."""
        self.enter(f"/msg {jid}")
        self.see(jid)

    def enter_until(self, command, text):
        """Enters COMMAND, again where its answer is not TEXT: Profanity asks nobody whose features it has not heard."""

        def seen():
            self.enter(command)
            return text in self.screen()

        eventually(seen, lambda: f"{text} by {command} on\n{self.screen()}", interval=0.3)

    def console(self):
        """Goes to the console's window."""
        self.enter("/win console")

    def join(self, room, nick, opens=False):
        """Enters ROOM, which is there, or which it OPENS where the server wants that said."""
        self.enter(f"/join {room} nick {nick}")
        self.see(f"You have joined the room as {nick}")
        if opens and "Room locked" in self.screen():
            self.enter("/room accept")
            self.see("Room unlocked")

    def is_red(self, text):
        """Whether TEXT is in the colour of what was sent, and of which no receipt has come."""
        before, found, _ = self.screen(colours=True).partition(text)
        codes = [code for codes in re.findall("\x1b\\[([0-9;]*)m", before) for code in codes.split(";")]
        foreground = [code for code in codes if code in ("", "0", "39") or code.startswith("3")]
        return bool(found) and foreground[-1:] == ["31"]
