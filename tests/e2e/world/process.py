"""A program under test, or a server it talks to."""

import os
import signal
import subprocess

from world.waiting import eventually


class Process:
    """One operating-system process whose output goes to a file."""

    def __init__(self, command, log, environment=None, folder=None):
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._popen = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/tmp", **(environment or {})},
                cwd=folder,
                start_new_session=True,
            )

    @property
    def pid(self):
        """The process id."""
        return self._popen.pid

    def text(self):
        """All that the process has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def exit_code(self):
        """The exit code, or None while it runs."""
        return self._popen.poll()

    def wait_exit(self, seconds=30):
        """Waits for the end; returns the exit code."""
        eventually(lambda: self._popen.poll() is not None, lambda: f"an end of: {self.tail()}", seconds)
        return self._popen.returncode

    def tail(self):
        """The last lines, for failure messages."""
        return "\n".join(self.text().splitlines()[-25:])

    def until(self, condition, what, seconds=30):
        """Waits for CONDITION; fails at once when the process ends before."""

        def check():
            if self._popen.poll() is not None:
                raise AssertionError(f"ended with {self._popen.returncode} before {what}:\n{self.tail()}")
            return condition()

        return eventually(check, lambda: f"{what}:\n{self.tail()}", seconds)

    def kill(self):
        """kill -9."""
        self._popen.kill()
        self._popen.wait()

    def stop(self):
        """SIGTERM to the process, then SIGKILL to what is left of its session."""
        if self._popen.poll() is None:
            self._popen.send_signal(signal.SIGTERM)
            try:
                self._popen.wait(timeout=15)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self._popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._popen.wait()
        return self._popen.returncode
