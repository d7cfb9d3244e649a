"""Mosquitto, and the devices and witnesses that talk to it with its own clients."""

import re
import subprocess
import threading
from pathlib import Path

from world.process import Process
from world.waiting import accepts, eventually, free_port

PASSWORDS = {"mqttd": "mqttd-secret-0b7e", "device": "device-secret", "witness": "witness-secret"}
PANEL_FOLDER = Path(__file__).parents[3] / "mqtt-service" / "panel"


class Broker:
    """One Mosquitto with TLS, accounts, a WebSocket listener that serves the panel, and one in plain for a proxy."""

    # Of the listener with TLS, beside the usual ones.
    listener_options = ""
    # Of the whole broker.
    more = ""
    # How many messages it keeps for a slow client, and how many it has under way to or from one.
    queue, in_flight = 100000, 100

    def __init__(self, folder, authority):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.authority = authority
        self.port, self.web_port, self.plain_port = free_port(), free_port(), free_port()
        self._certificate, self._key = authority.issue("broker", "DNS:localhost,IP:127.0.0.1")
        self.process = None
        # An MqttProxy that chatwire-mqttd goes through, if any.
        self.proxy = None

    @property
    def url(self):
        """Where chatwire-mqttd connects."""
        return self.proxy.url if self.proxy else f"mqtts://localhost:{self.port}"

    def as_delivered(self, topic):
        """What subscribers are told that TOPIC is."""
        return topic

    def mqttd_flags(self):
        """What chatwire-mqttd needs beside the address and the password."""
        return {}

    def start(self):
        """Starts it and waits until it takes connections."""
        passwords = self.folder / "passwords"
        passwords.write_text("".join(f"{u}:{p}\n" for u, p in PASSWORDS.items()), encoding="utf-8")
        passwords.chmod(0o600)
        subprocess.run(["mosquitto_passwd", "-U", str(passwords)], check=True)
        config = self.folder / "mosquitto.conf"
        config.write_text(
            f"""
per_listener_settings false
allow_anonymous false
password_file {passwords}
user root
listener {self.port} 127.0.0.1
cafile {self.authority.certificate}
certfile {self._certificate}
keyfile {self._key}
{self.listener_options}
listener {self.plain_port} 127.0.0.1
listener {self.web_port} 127.0.0.1
protocol websockets
http_dir {PANEL_FOLDER}
max_inflight_messages {self.in_flight}
max_queued_messages {self.queue}
{self.more}log_dest stdout
""",
            encoding="utf-8",
        )
        self.process = Process(["mosquitto", "-c", config], self.folder / "mosquitto.log")
        self.process.until(lambda: accepts(self.port) and accepts(self.web_port), "Mosquitto listens")

    def stop(self):
        """Stops it; without persistence it forgets everything."""
        self.process.stop()

    def options(self, user):
        """Arguments of mosquitto_pub and mosquitto_sub for USER."""
        return [
            *("-h", "localhost", "-p", str(self.port), "--cafile", str(self.authority.certificate)),
            *("-u", user, "-P", PASSWORDS[user], "-V", "mqttv5", "-q", "1"),
        ]

    def publish(self, topic, payload, *more, user="device"):
        """Publishes with mosquitto_pub; returns when the broker has acknowledged."""
        subprocess.run(
            ["mosquitto_pub", *self.options(user), "-t", topic, "-m", payload, *more],
            check=True,
            timeout=20,
        )


class Subscriber:
    """mosquitto_sub: keeps every message as (topic, payload, retained, correlation)."""

    def __init__(self, broker, *topics, user="witness"):
        self._lines = []
        self._lock = threading.Lock()
        self._popen = subprocess.Popen(
            ["stdbuf", "-oL", "mosquitto_sub", "-d", *broker.options(user), "-F", "%t\t%r\t%D\t%p"]
            + [part for topic in topics for part in ("-t", topic)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._subscribed = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        assert self._subscribed.wait(20), "mosquitto_sub did not subscribe"

    def _read(self):
        for line in self._popen.stdout:
            line = line.rstrip("\n")
            if "received SUBACK" in line or line.startswith("Subscribed"):
                self._subscribed.set()
            elif line.count("\t") >= 3:
                topic, retained, correlation, payload = line.split("\t", 3)
                with self._lock:
                    self._lines.append((topic, payload, retained == "1", correlation))
                self.heard(topic, payload, correlation)

    def heard(self, topic, payload, correlation):
        """Called on the reading thread for every message."""

    def messages(self, pattern=".*"):
        """Messages whose topic matches PATTERN (a regular expression, whole topic)."""
        with self._lock:
            return [line for line in self._lines if re.fullmatch(pattern, line[0])]

    def wait(self, pattern, predicate=lambda payload: True, count=1):
        """Waits for COUNT messages; returns them."""

        def found():
            matching = [m for m in self.messages(pattern) if predicate(m[1])]
            return matching if len(matching) >= count else None

        return eventually(found, lambda: f"{count} x {pattern}; heard: {self.messages()[-10:]}")

    def close(self):
        """Ends the client without a word, as a pulled plug does."""
        self._popen.kill()
        self._popen.wait()


class Device(Subscriber):
    """A lamp: does what `command` asks and reports it, from one long-lived mosquitto_pub.

    A `forgetful` one, as most devices are, does not say which command it answers.
    """

    def __init__(self, broker, base, name):
        self._base = f"{base}/checkbox/{name}"
        self._reporter = subprocess.Popen(
            ["mosquitto_pub", *broker.options("device"), "-t", f"{self._base}/report", "-l"],
            stdin=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._write_lock = threading.Lock()
        self.silent = False
        self.forgetful = False
        super().__init__(broker, f"{self._base}/command", user="device")

    def heard(self, topic, payload, correlation):
        if not self.silent:
            self.report(payload, "" if self.forgetful else correlation)

    def report(self, state, correlation=""):
        """Reports STATE, with the command's correlation data where there is one."""
        line = f'{{"state":"{state}","correlation_id":"{correlation}"}}' if correlation else state
        with self._write_lock:
            self._reporter.stdin.write(line + "\n")

    def commands(self):
        """Payloads of the commands heard so far."""
        return [payload for _, payload, _, _ in self.messages()]

    def close(self):
        super().close()
        self._reporter.kill()
        self._reporter.wait()
