"""A terminal with a shell that runs chatwire, and says when it has ended."""

import itertools
import shlex

from world.services import BIN
from world.terminal import Terminal
from world.waiting import eventually

_numbers = itertools.count(1)


class ShellTerminal(Terminal):
    """`chatwire ARGUMENTS...` in a terminal of 80 by 24."""

    def __init__(self, folder, arguments, environment):
        self.folder = folder / f"terminal{next(_numbers)}"
        words = shlex.join([str(BIN.resolve() / "chatwire"), *arguments])
        # Ctrl-C is for the program; the shell goes on after it.
        script = f"trap : INT; stty -g > before; {words}; echo ended with $?; stty -g > after; exec sleep 600"
        super().__init__(self.folder, ["sh", "-c", script], environment, columns=80, rows=24)

    def ended(self, seconds=30):
        """Waits until the program has ended, the terminal being as before; returns the exit code."""
        text = self.see("ended with ", seconds=seconds)
        before, after = (
            eventually(lambda n=name: self._read(n), f"stty {name}") for name in ("before", "after")
        )
        assert before == after
        modes = self._tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split()
        assert modes == ["0", "1", "0"], modes
        return int(text.partition("ended with ")[2].split()[0])

    def _read(self, name):
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else None
