"""Somebody who types at a terminal."""

import os
import pty
import re
import select
import signal
import time

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()=>][0-9A-Za-z]?)|[\x08\x0f]|\r")


class Typist:
    """A program at a pseudo-terminal of 200 columns; `screen` is all that it has shown, without escape codes."""

    def __init__(self, arguments, environment):
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(arguments[0], arguments, {**environment, "TERM": "dumb", "COLUMNS": "200"})
        self._shown = b""

    @property
    def screen(self):
        """What has been shown so far."""
        return ESCAPES.sub("", self._shown.decode("utf-8", "replace"))

    def type(self, text):
        """Types TEXT."""
        os.write(self._terminal, text.encode())

    def wait(self, text, seconds=20):
        """Waits until TEXT has been shown since the last wait; what came up to then is forgotten."""
        deadline = time.monotonic() + seconds
        while text not in self.screen:
            left = deadline - time.monotonic()
            assert left > 0, f"{text!r} was not shown: {self.screen!r}"
            if select.select([self._terminal], [], [], left)[0]:
                try:
                    self._shown += os.read(self._terminal, 4096)
                except OSError as error:
                    raise AssertionError(f"ended without {text!r}: {self.screen!r}") from error
        self._shown = b""

    def close(self):
        """Ends the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.close(self._terminal)
        os.waitpid(self.pid, 0)
