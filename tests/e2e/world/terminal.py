"""A program that wants a terminal: tmux is the terminal, this is who sits there."""

import os
import subprocess

from world.waiting import eventually

class Terminal:
    """COMMAND (a list) in a terminal of its own, with ENVIRONMENT only."""

    def __init__(self, folder, command, environment, columns=160, rows=50):
        folder.mkdir(parents=True, exist_ok=True)
        # Not in `folder`: a socket's path has to be short.
        self._socket = f"/tmp/chatwire-{os.getpid()}-{id(self):x}.tmux"
        variables = {"LANG": "C.UTF-8", "HOME": str(folder), "PATH": os.environ["PATH"], **environment}
        self._tmux(
            *("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows)),
            *("-c", str(folder), "--", "env", "-i"),
            *(f"{name}={value}" for name, value in {"TERM": "screen-256color", **variables}.items()),
            *map(str, command),
        )

    def _tmux(self, *arguments):
        done = subprocess.run(
            ["tmux", "-u", "-S", self._socket, *arguments],
            env={"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "TERM": "xterm-256color"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def press(self, *keys):
        """Presses KEYS by their names: Enter, Escape, Tab, M-a, F10 ..."""
        self._tmux("send-keys", "--", *keys)

    def type(self, text):
        """Types TEXT, and nothing after it."""
        self._tmux("send-keys", "-l", "--", text)

    def enter(self, text):
        """Types TEXT and presses Enter."""
        self.type(text)
        self.press("Enter")

    def paste(self, text):
        """Pastes TEXT, as a terminal does: with marks around it where the program wants them."""
        self._tmux("set-buffer", "--", text)
        self._tmux("paste-buffer", "-p")

    def screen(self, colours=False):
        """What can be read there now, with the escape sequences of its colours or without."""
        return self._tmux("capture-pane", "-p", *(["-e"] if colours else []))

    def see(self, *texts, seconds=30):
        """Waits until all TEXTS are to be seen at the same time; returns the screen."""

        def seen():
            screen = self.screen()
            return screen if all(text in screen for text in texts) else None

        return eventually(seen, lambda: f"{texts} on\n{self.screen()}", seconds, 0.1)

    def see_no(self, text, seconds=30):
        """Waits until TEXT is not to be seen."""
        eventually(lambda: text not in self.screen(), lambda: f"no {text} on\n{self.screen()}", seconds, 0.1)

    def close(self):
        """Ends the program and its terminal."""
        self._tmux("kill-server")
