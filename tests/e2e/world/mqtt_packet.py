"""What an MQTT 5 CONNECT packet (3.1) says."""

SESSION_EXPIRY, RECEIVE_MAXIMUM = 0x11, 0x21
# Bytes of the values of the properties that a client may send there, where they are numbers.
_WIDTHS = {SESSION_EXPIRY: 4, RECEIVE_MAXIMUM: 2, 0x22: 2, 0x27: 4, 0x17: 1, 0x19: 1}


class Connect:
    """Version, flags and the properties that are numbers."""

    def __init__(self, packet):
        at = 1
        while packet[at] & 128:
            at += 1
        header = packet[at + 1 :]
        assert header[:6] == b"\x00\x04MQTT"
        self.version, flags = header[6], header[7]
        self.clean_start = bool(flags & 2)
        self.has_will = bool(flags & 4)
        self.keep_alive = int.from_bytes(header[8:10], "big")
        length, self.properties = header[10], {}
        data = header[11 : 11 + length]
        while data:
            width = _WIDTHS[data[0]]
            self.properties[data[0]] = int.from_bytes(data[1 : 1 + width], "big")
            data = data[1 + width :]
        rest = header[11 + length :]
        self.client_id = rest[2 : 2 + int.from_bytes(rest[:2], "big")].decode()
