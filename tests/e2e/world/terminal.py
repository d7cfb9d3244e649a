"""A terminal that somebody looks at and types into: tmux, which nobody sees."""

import itertools
import os
import shlex
import subprocess
import uuid

from world.services import BIN
from world.waiting import eventually

_numbers = itertools.count(1)


class Terminal:
    """A terminal of 80 by 24 with a shell that runs chatwire, and says when it has ended."""

    def __init__(self, folder, environment, columns=80, rows=24):
        self.folder = folder / f"terminal{next(_numbers)}"
        self.folder.mkdir(parents=True)
        self._socket = f"chatwire-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TMPDIR": "/tmp",
            **environment,
        }
        self._size = ("-x", str(columns), "-y", str(rows))

    def _tmux(self, *arguments):
        command = ["tmux", "-u", "-L", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=20, check=True
        ).stdout

    def run(self, *arguments):
        """Runs `chatwire ARGUMENTS...` in it."""
        words = shlex.join([str(BIN.resolve() / "chatwire"), *arguments])
        # Ctrl-C is for the program; the shell goes on after it.
        script = f"trap : INT; stty -g > before; {words}; echo ended with $?; stty -g > after; exec sleep 600"
        self._tmux(
            "new-session", "-d", *self._size, "-c", str(self.folder), "sh", "-c", script
        )
        return self

    def screen(self):
        """What is on it, as lines."""
        return self._tmux("capture-pane", "-p").split("\n")

    def text(self):
        """What is on it, as one text."""
        return "\n".join(self.screen())

    def sees(self, *texts, seconds=30):
        """Waits until all of TEXTS are on it; returns the whole."""

        def there():
            text = self.text()
            return text if all(wanted in text for wanted in texts) else None

        return eventually(there, lambda: f"{texts} on\n{self.text()}", seconds, 0.05)

    def sees_no(self, text, seconds=30):
        """Waits until TEXT is not on it."""
        eventually(lambda: text not in self.text(), lambda: f"no {text} on\n{self.text()}", seconds, 0.05)

    def type(self, text):
        """Types TEXT."""
        self._tmux("send-keys", "-l", "--", text)

    def press(self, *keys):
        """Presses KEYS by their names in tmux: Enter, Tab, C-c, PPage ..."""
        self._tmux("send-keys", *keys)

    def enter(self, text):
        """Types TEXT, and Enter."""
        self.type(text)
        self.press("Enter")

    def ended(self, seconds=30):
        """Waits until the program has ended, the terminal being as before; returns the exit code."""
        text = self.sees("ended with ", seconds=seconds)
        eventually(lambda: (self.folder / "after").exists(), "stty")
        before, after = (
            eventually(lambda n=name: (self.folder / n).read_text(encoding="utf-8"), name)
            for name in ("before", "after")
        )
        assert before == after
        modes = self._tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split()
        assert modes == ["0", "1", "0"], modes
        return int(text.partition("ended with ")[2].split()[0])

    def close(self):
        """Ends it and what runs in it."""
        subprocess.run(
            ["tmux", "-L", self._socket, "kill-server"], env=self._environment, check=False
        )
