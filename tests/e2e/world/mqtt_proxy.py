"""A cable between chatwire-mqttd and the broker that loses chosen packets, and can be cut."""

import socket
import threading
from collections import Counter

# The first four bits of an MQTT packet (MQTT 5, 2.1.2).
PUBLISH, PUBACK = 3, 4
TO_BROKER, FROM_BROKER = "to broker", "from broker"


def _length(data, at):
    """A variable byte integer (1.5.5): its value and where it ends; nothing while it is not whole."""
    value = 0
    for end in range(at, min(at + 4, len(data))):
        value |= (data[end] & 127) << 7 * (end - at)
        if data[end] < 128:
            return value, end + 1
    return None


def _packets(read):
    """Whole MQTT packets from READ, a function that returns some bytes, or none at the end."""
    data = b""
    while True:
        length = _length(data, 1)
        if length and len(data) >= sum(length):
            yield data[: sum(length)]
            data = data[sum(length) :]
            continue
        more = read()
        if not more:
            return
        data += more


def _client_id(connect):
    """The client id of an MQTT 5 CONNECT packet (3.1)."""
    _, start = _length(connect, 1)
    properties, start = _length(connect, start + 10)
    field = connect[start + properties :]
    return field[2 : 2 + int.from_bytes(field[:2], "big")].decode()


class MqttProxy:
    """Forwards to PORT. `lose` names what it loses: (end of the client id, direction, packet type)."""

    def __init__(self, port):
        self._upstream = port
        self._lock = threading.Lock()
        self._losing, self._sockets = frozenset(), set()
        self.lost = []
        # By the end of the client id: the newest CONNECT; how many packets of each kind went through.
        self.connects, self.passed = {}, Counter()
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        """Where chatwire-mqttd connects."""
        return f"mqtt://127.0.0.1:{self._listener.getsockname()[1]}"

    def lose(self, *losing):
        """From now on loses LOSING and nothing else."""
        self._losing = frozenset(losing)

    def cut(self):
        """Ends every connection."""
        with self._lock:
            sockets = list(self._sockets)
        for one in sockets:
            self._end(one)

    def close(self):
        """Ends every connection and takes no more."""
        self._listener.close()
        self.cut()

    def _end(self, one):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            broker = socket.create_connection(("127.0.0.1", self._upstream))
        except OSError:
            client.close()
            return
        with self._lock:
            self._sockets |= {client, broker}
        role = []
        back = threading.Thread(target=self._pump, args=(broker, client, FROM_BROKER, role), daemon=True)
        back.start()
        self._pump(client, broker, TO_BROKER, role)
        back.join()
        with self._lock:
            self._sockets -= {client, broker}
        client.close()
        broker.close()

    def _pump(self, source, target, direction, role):
        def read():
            try:
                return source.recv(65536)
            except OSError:
                return b""

        for packet in _packets(read):
            if direction == TO_BROKER and not role:
                role.append(_client_id(packet).rpartition("-")[2])
                self.connects[role[0]] = packet
            kind = (role[0], direction, packet[0] >> 4)
            if kind in self._losing:
                self.lost.append(kind)
                continue
            try:
                target.sendall(packet)
            except OSError:
                break
            self.passed[kind] += 1
        self._end(source)
        self._end(target)
