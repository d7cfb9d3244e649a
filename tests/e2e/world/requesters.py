"""One MQTT 5 request and its answer, by clients that are not ours."""

import queue
import subprocess
import uuid
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from world.broker import PASSWORDS

SCRIPT = Path(__file__).with_name("requester.js")
# Where Debian keeps the modules of Node.
NODE_PATH = "/usr/share/nodejs:/usr/lib/nodejs"


def mosquitto_rr(broker, topic, payload, response_topic, correlation):
    """With Mosquitto's own mosquitto_rr."""
    command = ["mosquitto_rr", *broker.options("witness"), "-t", topic, "-e", response_topic, "-m", payload]
    command += ["-D", "publish", "correlation-data", correlation, "-W", "20", "-F", "%D\t%p"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=40).stdout


def mqtt_js(broker, topic, payload, response_topic, correlation):
    """With MQTT.js."""
    command = ["node", SCRIPT, f"mqtts://localhost:{broker.port}", broker.authority.certificate, "witness"]
    command += [PASSWORDS["witness"], topic, response_topic, correlation, payload]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=40, env={"NODE_PATH": NODE_PATH, "PATH": "/usr/bin"}
    )
    return done.stdout


def paho_python(broker, topic, payload, response_topic, correlation):
    """With paho-python."""
    answers = queue.Queue()
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
    client.tls_set(str(broker.authority.certificate))
    client.username_pw_set("witness", PASSWORDS["witness"])
    properties = Properties(PacketTypes.PUBLISH)
    properties.ResponseTopic, properties.CorrelationData = response_topic, correlation.encode()
    client.on_connect = lambda *_: client.subscribe(response_topic, 1)
    client.on_subscribe = lambda *_: client.publish(topic, payload, 1, properties=properties)
    client.on_message = lambda _client, _data, message: answers.put(message)
    client.connect("localhost", broker.port)
    client.loop_start()
    try:
        answer = answers.get(timeout=20)
    finally:
        client.disconnect()
        client.loop_stop()
    return f"{answer.properties.CorrelationData.decode()}\t{answer.payload.decode()}\n"


REQUESTERS = {"mosquitto_rr": mosquitto_rr, "paho-python": paho_python, "MQTT.js": mqtt_js}


class Requester:
    """Asks through one of them, on a response topic of its own."""

    def __init__(self, name, broker, base):
        self._ask, self._broker, self._base = REQUESTERS[name], broker, base
        self._answers = f"{base}/response/{uuid.uuid4().hex[:8]}"

    def ask(self, checkbox, action, payload):
        """Publishes PAYLOAD to the topic ACTION of CHECKBOX; returns the answer's payload."""
        correlation = uuid.uuid4().hex
        topic = f"{self._base}/checkbox/{checkbox}/{action}"
        printed = self._ask(self._broker, topic, payload, self._answers, correlation)
        returned, _, answer = printed.rstrip("\n").partition("\t")
        assert returned == correlation
        return answer
