"""The two programs under test."""

import os
from pathlib import Path

import grpc

from world.process import Process
from world.rpc import Api
from world.waiting import eventually

BIN = Path(os.environ.get("CHATWIRE_BIN", "build/release/bin"))


class Service:
    """A service on a port that it chooses itself; keeps its state folder over restarts."""

    program = ""

    def __init__(self, folder, authority, **flags):
        self.folder = folder
        self.state = folder / "state"
        self.state.mkdir(parents=True, exist_ok=True)
        self.authority = authority
        certificate, key = authority.issue(self.program, "DNS:localhost,IP:127.0.0.1")
        self.flags = {
            "listen": "127.0.0.1:0",
            "state_dir": self.state,
            "tls_cert": certificate,
            "tls_key": key,
            "ready_file": folder / "ready",
            **flags,
        }
        self.process = None
        self.address = None

    def launch(self):
        """Starts the program and returns at once."""
        Path(self.flags["ready_file"]).unlink(missing_ok=True)
        arguments = [f"--{name}={value}" for name, value in self.flags.items()]
        self.process = Process([BIN / self.program, *arguments], self.folder / f"{self.program}.log")
        return self.process

    def start(self):
        """Starts the program and waits until it listens. A restart keeps the port."""
        self.launch()
        ready = Path(self.flags["ready_file"])
        self.process.until(ready.exists, f"{self.program} listens")
        port = ready.read_text(encoding="utf-8").strip().rpartition(":")[2]
        self.address = f"localhost:{port}"
        self.flags["listen"] = f"127.0.0.1:{port}"
        return self

    def kill_and_restart(self):
        """kill -9, then the same again."""
        self.process.kill()
        self.start()

    def stop(self):
        """SIGTERM; returns the exit code."""
        return self.process.stop() if self.process else None

    def token(self):
        """The administrator's token, made at the first start."""
        return (self.state / "admin.token").read_text(encoding="utf-8").strip()

    def api(self, token=None):
        """Stubs for TOKEN; the administrator's when there is none."""
        return Api(self.address, self.authority.certificate, self.token() if token is None else token)


class Xmppd(Service):
    """chatwire-xmppd."""

    program = "chatwire-xmppd"

    def __init__(self, folder, authority, server, **flags):
        flags.setdefault("xmpp_ca_file", authority.certificate)
        flags.setdefault("xmpp_route", f"chatwire.test=127.0.0.1:{server.port}")
        super().__init__(folder, authority, **flags)


class Mqttd(Service):
    """chatwire-mqttd."""

    program = "chatwire-mqttd"

    def __init__(self, folder, authority, broker, /, **flags):
        folder.mkdir(parents=True, exist_ok=True)
        password = folder / "broker.password"
        password.write_text("mqttd-secret-0b7e\n", encoding="utf-8")
        password.chmod(0o600)
        flags = {**broker.mqttd_flags(), **flags}
        flags.setdefault("broker", broker.url)
        flags.setdefault("broker_username", "mqttd")
        flags.setdefault("broker_password_file", password)
        if str(flags["broker"]).startswith(("mqtts:", "wss:")):
            flags.setdefault("broker_ca_file", authority.certificate)
        flags.setdefault("xmpp_service_ca", authority.certificate)
        super().__init__(folder, authority, **flags)


def is_serving(service, name):
    """Asks SERVICE's health endpoint about NAME; 1 is SERVING (grpc.health.v1, no stub needed)."""
    credentials = grpc.ssl_channel_credentials(service.authority.certificate.read_bytes())
    with grpc.secure_channel(service.address, credentials) as channel:
        check = channel.unary_unary("/grpc.health.v1.Health/Check")
        encoded = name.encode()
        request = b"\x0a" + bytes([len(encoded)]) + encoded if encoded else b""
        try:
            return check(request, timeout=5) == b"\x08\x01"
        except grpc.RpcError:
            return False


def wait_serving(service, name, expected=True, seconds=45):
    """Waits until SERVICE says that NAME is ready, or is not."""
    eventually(
        lambda: is_serving(service, name) == expected,
        lambda: f"{name} {'ready' if expected else 'not ready'}: {service.process.tail()}",
        seconds,
        0.1,
    )
