"""A cable to a server, which a test can cut."""

import contextlib
import socket
import threading


class Cable:
    """Passes on connections to PORT of the loopback interface until it is cut."""

    def __init__(self, port):
        self._target = port
        self._whole = True
        self._lock = threading.Lock()
        self._ends = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            self._connect(near)

    def _connect(self, near):
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            near.close()
            return
        with self._lock:
            if not self._whole:
                near.close()
                far.close()
                return
            self._ends += [near, far]
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            _shut(end)

    def cut(self):
        """Ends all connections; new ones end at once."""
        with self._lock:
            self._whole = False
            for end in self._ends:
                _shut(end)
            self._ends.clear()

    def mend(self):
        """Lets connections through again."""
        with self._lock:
            self._whole = True

    def close(self):
        """Ends it for good."""
        self.cut()
        _shut(self._socket)
        self._socket.close()


def _shut(end):
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
