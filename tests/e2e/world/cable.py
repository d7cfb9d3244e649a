"""A cable between a service and its server that can be pulled: a TCP proxy on the loopback interface."""

import socket
import threading

CHUNK = 65536


class Cable:
    """Connections to `port` go to PORT, for as long as nobody pulls."""

    def __init__(self, port):
        self._target = port
        self._lock = threading.Lock()
        self._sockets = set()
        self._plugged = True
        self._answers = True
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._plugged:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._target))
            with self._lock:
                self._sockets |= {near, far}
            threading.Thread(target=self._carry, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, True), daemon=True).start()

    def _carry(self, source, sink, is_answer):
        try:
            while data := source.recv(CHUNK):
                if self._answers or not is_answer:
                    sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            with self._lock:
                self._sockets.discard(end)
            end.close()

    def swallow_answers(self):
        """What the server says is lost from now on; what it is told arrives."""
        self._answers = False

    def pull(self):
        """Breaks every connection, and lets none through."""
        self._plugged = False
        with self._lock:
            sockets, self._sockets = self._sockets, set()
        for end in sockets:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def plug(self):
        """Lets connections through again."""
        self._answers = self._plugged = True

    def close(self):
        """For good."""
        self._listener.close()
        self.pull()
