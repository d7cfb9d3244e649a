"""Many checkboxes: made, listed and watched as a program does it."""

import json

import paho.mqtt.client as paho
from chatwire.mqtt.v1 import checkbox_group_service_pb2 as group
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import PASSWORDS
from world.rpc import request_id

# An import takes so many lines at once, a page so many checkboxes.
IMPORT_LINES, PAGE = 5000, 1000


def names(count):
    """COUNT names, in the order of the list."""
    return [f"lamp{number:05}" for number in range(count)]


def import_all(api, wanted):
    """Makes checkboxes with the names WANTED."""
    for start in range(0, len(wanted), IMPORT_LINES):
        lines = [
            json.dumps({"name": name, "title": f"Lamp {name[4:]}", "labels": ["many"]})
            for name in wanted[start : start + IMPORT_LINES]
        ]
        request = group.ImportCheckboxesRequest(document="\n".join(lines), request_id=request_id())
        response = api.groups.ImportCheckboxes(request, timeout=120)
        assert response.applied, [r for r in response.results if r.error_reason][:3]


def pages(api):
    """Every page of the list."""
    token = ""
    while True:
        request = checkbox.ListCheckboxesRequest(page_size=PAGE, page_token=token)
        page = api.checkboxes.ListCheckboxes(request, timeout=120)
        yield page
        token = page.next_page_token
        if not token:
            return


def watch_until_complete(api, token=""):
    """Opens WatchCheckboxes; returns the stream, what it told until the listing was complete, and the last token."""
    stream = api.checkboxes.WatchCheckboxes(
        checkbox.WatchCheckboxesRequest(resume_token=token), timeout=600
    )
    told = []
    for response in stream:
        if response.initial_complete:
            return stream, told, response.resume_token
        told.append(response)
    raise AssertionError("the stream ended")


def publish_retained(broker, messages):
    """Publishes MESSAGES, (topic, payload), with QoS 1; returns when the broker has all."""
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
    client.tls_set(str(broker.authority.certificate))
    client.username_pw_set("device", PASSWORDS["device"])
    client.max_queued_messages_set(0)
    client.connect("localhost", broker.port)
    client.loop_start()
    for sent in [client.publish(topic, payload, 1, retain=True) for topic, payload in messages]:
        sent.wait_for_publish(60)
    client.disconnect()
    client.loop_stop()
