#!/usr/bin/env python3
"""Turns a checkbox on and waits until the device has confirmed it, then lists all checkboxes.

    switch.py ADDRESS TOKEN_FILE CA_FILE NAME
"""

import pathlib
import sys
import uuid

import grpc

from reflected import Service


def main(address, token_file, ca_file, name):
    ca = grpc.ssl_channel_credentials(pathlib.Path(ca_file).read_bytes())
    token = pathlib.Path(token_file).read_text().strip()
    with grpc.secure_channel(address, ca) as channel:
        checkboxes = Service(channel, "chatwire.mqtt.v1.CheckboxService", token)
        answer = checkboxes.call(
            "SetCheckbox", name=name, action="CHECKBOX_ACTION_ON", request_id=str(uuid.uuid4()),
            wait_for="CONFIRMATION_STAGE_CONFIRMED")
        print(answer.checkbox.name, "confirmed, version", answer.checkbox.version)
        for checkbox in checkboxes.call("ListCheckboxes").checkboxes:
            print(checkbox)


if __name__ == "__main__":
    main(*sys.argv[1:])
