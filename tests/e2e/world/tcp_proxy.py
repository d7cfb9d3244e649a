"""A TCP proxy that can lose a connection in the ways in which networks do."""

import socket
import struct
import threading

from world.waiting import free_port

CHUNK = 65536


class TcpProxy:
    """Forwards connections to a port, until told otherwise. What it is told goes for the connections that there are; later
    ones are forwarded."""

    def __init__(self, target):
        self.port = free_port()
        self._target = target
        self._lock = threading.Lock()
        self._links = []
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                client.close()
                continue
            link = _Link(client, server)
            with self._lock:
                self._links.append(link)

    def _all(self):
        with self._lock:
            return list(self._links)

    def black_hole(self):
        """From now on nothing goes either way, and nobody is told."""
        for link in self._all():
            link.to_server = link.to_client = False

    def deafen(self):
        """From now on nothing of the server reaches the client, and nobody is told."""
        for link in self._all():
            link.to_client = False

    def reset(self):
        """Ends the connections with an RST on both sides."""
        for link in self._all():
            link.reset()

    @property
    def connections(self):
        """How many there have been."""
        return len(self._all())

    def close(self):
        """Ends all."""
        self._listener.close()
        self.reset()


class _Link:
    """One connection, and the one behind it."""

    def __init__(self, client, server):
        self._sockets = client, server
        self.to_client = self.to_server = True
        for source, sink, name in ((client, server, "to_server"), (server, client, "to_client")):
            threading.Thread(target=self._pump, args=(source, sink, name), daemon=True).start()

    def _pump(self, source, sink, name):
        try:
            while data := source.recv(CHUNK):
                if getattr(self, name):
                    sink.sendall(data)
            if getattr(self, name):
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def reset(self):
        for end in self._sockets:
            try:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RD)
            except OSError:
                pass
            end.close()
