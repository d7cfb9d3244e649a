"""Brokers beside the usual Mosquitto: what operators already have."""

import json
import subprocess

from world.broker import PASSWORDS, Broker
from world.process import Process
from world.waiting import accepts, free_port
from world.xmpp_servers import DOMAIN, Ejabberd


class WebSocketMosquitto(Broker):
    """Mosquitto through WebSockets, as through a web server's port."""

    @property
    def url(self):
        return f"ws://localhost:{self.web_port}/mqtt"


class StrictMosquitto(Broker):
    """Mosquitto that wants to see a certificate of everybody."""

    listener_options = "require_certificate true"

    def __init__(self, folder, authority):
        super().__init__(folder, authority)
        self.own_certificate, self.own_key = authority.issue("mqtt-client", "DNS:client", "clientAuth")

    def mqttd_flags(self):
        return {"broker_cert_file": self.own_certificate, "broker_key_file": self.own_key}

    def options(self, user):
        return [*super().options(user), "--cert", str(self.own_certificate), "--key", str(self.own_key)]


class PlainBroker(Broker):
    """One on a port without TLS. Sub-classes start it."""

    def login(self, user):
        """The name of USER there."""
        return user

    @property
    def url(self):
        return f"mqtt://127.0.0.1:{self.plain_port}"

    def options(self, user):
        return [
            *("-h", "127.0.0.1", "-p", str(self.plain_port), "-V", "mqttv5", "-q", "1"),
            *("-u", self.login(user), "-P", PASSWORDS[user]),
        ]


class RabbitMq(PlainBroker):
    """RabbitMQ with its MQTT plugin; its queues are on the disk."""

    def as_delivered(self, topic):
        # AMQP separates by dots, and they come out as what MQTT separates by.
        return topic.replace(".", "/")

    def start(self):
        config = self.folder / "rabbitmq.conf"
        definitions = self.folder / "definitions.json"
        definitions.write_text(json.dumps(self._definitions()), encoding="utf-8")
        config.write_text(
            f"""
listeners.tcp = none
mqtt.listeners.tcp.1 = 127.0.0.1:{self.plain_port}
mqtt.listeners.ssl = none
load_definitions = {definitions}
log.console = true
log.file = false
""",
            encoding="utf-8",
        )
        plugins = self.folder / "enabled_plugins"
        plugins.write_text("[rabbitmq_mqtt].\n", encoding="utf-8")
        self._epmd_port = str(free_port())
        self.process = Process(
            ["/usr/lib/rabbitmq/bin/rabbitmq-server"],
            self.folder / "rabbitmq.log",
            {
                "HOME": str(self.folder),
                "ERL_EPMD_PORT": self._epmd_port,
                "RABBITMQ_CONFIG_FILE": str(config),
                "RABBITMQ_CONF_ENV_FILE": "/dev/null",
                "RABBITMQ_DIST_PORT": str(free_port()),
                "RABBITMQ_ENABLED_PLUGINS_FILE": str(plugins),
                "RABBITMQ_LOG_BASE": str(self.folder),
                "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
                "RABBITMQ_NODENAME": "chatwire@localhost",
            },
        )
        self.process.until(lambda: accepts(self.plain_port), "RabbitMQ listens", 90)

    @staticmethod
    def _definitions():
        everything = {"configure": ".*", "write": ".*", "read": ".*", "vhost": "/"}
        return {
            "vhosts": [{"name": "/"}],
            "users": [{"name": u, "password": p, "tags": ""} for u, p in PASSWORDS.items()],
            "permissions": [{"user": user, **everything} for user in PASSWORDS],
        }

    def stop(self):
        super().stop()
        # Erlang's name server outlives whom it was started for.
        subprocess.run(
            ["epmd", "-port", self._epmd_port, "-kill"], check=False, capture_output=True, timeout=20
        )


class EjabberdMqtt(PlainBroker):
    """ejabberd's mod_mqtt: the accounts are those of the chat."""

    def __init__(self, folder, authority):
        super().__init__(folder, authority)
        self._server = _EjabberdWithMqtt(folder / "ejabberd", authority, self.plain_port)

    def login(self, user):
        return f"{user}@{DOMAIN}"

    def mqttd_flags(self):
        return {"broker_username": self.login("mqttd")}

    def start(self):
        known = self.process is not None
        self._server.start()
        self.process = self._server.process
        for user, password in PASSWORDS.items():
            if not known:
                self._server.register(user, password)


class _EjabberdWithMqtt(Ejabberd):
    def __init__(self, folder, authority, mqtt_port):
        super().__init__(folder, authority)
        self._mqtt_port = mqtt_port

    def _config(self, pem):
        config = super()._config(pem)
        config["listen"].append({"port": self._mqtt_port, "ip": "127.0.0.1", "module": "mod_mqtt"})
        config["modules"]["mod_mqtt"] = {}
        return config
