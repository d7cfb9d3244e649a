"""A DNS server for one domain, which the whole container asks while it runs."""

import socket
import struct
import threading
from pathlib import Path

ADDRESS = "127.0.0.53"
RESOLVER = Path("/etc/resolv.conf")
TYPE_A, TYPE_SRV, CLASS_IN = 1, 33, 1


def in_container():
    """Whether /etc/resolv.conf is nobody else's."""
    return any(Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv"))


def _name(labels):
    return b"".join(bytes([len(label)]) + label.encode() for label in labels.split(".")) + b"\0"


class NameServer:
    """Answers with RECORDS: {name: port} of SRV records, all of which name HOST, which is 127.0.0.1."""

    def __init__(self, host, records):
        self._host, self._records = host, records
        self.asked = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(0.1)
        self._socket.bind((ADDRESS, 53))
        self._closing = threading.Event()
        self._before = RESOLVER.read_bytes()
        RESOLVER.write_text(f"nameserver {ADDRESS}\noptions timeout:1 attempts:2\n", encoding="utf-8")
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while not self._closing.is_set():
            try:
                query, sender = self._socket.recvfrom(2048)
            except TimeoutError:
                continue
            self._socket.sendto(self._answer(query), sender)

    def _answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode())
            at += 1 + query[at]
        name = ".".join(labels).lower()
        kind = struct.unpack("!H", query[at + 1 : at + 3])[0]
        self.asked.append((name, kind))
        records = []
        if kind == TYPE_SRV and name in self._records:
            records.append(struct.pack("!HHH", 0, 0, self._records[name]) + _name(self._host))
        if kind == TYPE_A and name == self._host:
            records.append(socket.inet_aton("127.0.0.1"))
        known = name == self._host or name in self._records
        flags = 0x8580 if known else 0x8583
        header = query[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0)
        body = query[12 : at + 5]
        for record in records:
            body += b"\xc0\x0c" + struct.pack("!HHIH", kind, CLASS_IN, 1, len(record)) + record
        return header + body

    def close(self):
        """The container asks whom it asked before."""
        RESOLVER.write_bytes(self._before)
        self._closing.set()
        # The port is taken for as long as somebody reads from it.
        self._thread.join()
        self._socket.close()
