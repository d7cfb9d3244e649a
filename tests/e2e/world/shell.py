"""A shell of somebody who has the bot's token and the administrator's of mqttd."""

import os
import pty
import subprocess
import threading

from world.services import BIN

OK, OTHER, USAGE, PERMISSION, NOT_FOUND, CONFLICT, UNAVAILABLE, LATE = range(8)
INTERRUPTED = 130


class Shell:
    """A shell of somebody who has the bot's token and the administrator's of mqttd."""

    def __init__(self, stack, home):
        self.home = home
        self.environment = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "CHATWIRE_SERVER": stack.xmppd.address,
            "CHATWIRE_MQTT_SERVER": stack.mqttd.address,
            "CHATWIRE_CA": str(stack.authority.certificate),
            "CHATWIRE_TOKEN_FILE": str(stack.folder / "mqttd" / "bot.token"),
            "CHATWIRE_MQTT_TOKEN_FILE": str(stack.mqttd.state / "admin.token"),
        }

    def command(self, *arguments, **environment):
        """Arguments of subprocess for `chatwire ARGUMENTS...`."""
        kept = {**self.environment, **environment}
        return {
            "args": [str(BIN / "chatwire"), *arguments],
            "env": {name: value for name, value in kept.items() if value is not None},
            "text": True,
        }

    def run(self, *arguments, given="", **environment):
        """Runs to the end."""
        return subprocess.run(
            **self.command(*arguments, **environment),
            input=given,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def ok(self, *arguments, **more):
        """Runs; must succeed; returns stdout."""
        done = self.run(*arguments, **more)
        assert done.returncode == OK, done.stderr
        return done.stdout

    def fails(self, code, *arguments, **more):
        """Runs; must fail with CODE and say something on stderr; returns that."""
        done = self.run(*arguments, **more)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        assert done.stderr.strip()
        return done.stderr

    def watched(self, *arguments):
        """Runs with standard error on a terminal; must succeed; returns stdout and what the terminal got."""
        own, terminal = pty.openpty()
        done = subprocess.run(
            **self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=terminal,
            timeout=60,
            check=False,
        )
        # A read of nothing would wait for ever, and one may bring a part only.
        end, seen = b"<end>", b""
        os.write(terminal, end)
        while not seen.endswith(end):
            seen += os.read(own, 65536)
        os.close(terminal)
        os.close(own)
        seen = seen.removesuffix(end).decode()
        assert done.returncode == OK, seen
        return done.stdout, seen

    def watch(self, *arguments):
        """Starts a command that follows; returns the list of lines that it prints, and its end."""
        popen = subprocess.Popen(
            **self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        lines = []
        threading.Thread(
            target=lambda: lines.extend(iter(popen.stdout.readline, "")), daemon=True
        ).start()
        return lines, popen
