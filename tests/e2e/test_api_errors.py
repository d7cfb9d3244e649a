"""Bad input by name: every error has its code and its one reason, and changes nothing."""

import grpc
import pytest
from chatwire.mqtt.v1 import broker_service_pb2 as broker_api
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import event_service_pb2 as event
from chatwire.xmpp.v1 import presence_service_pb2 as presence

from world.rpc import reason_of, request_id
from world.stack import Stack

ON = checkbox.CHECKBOX_ACTION_ON


@pytest.fixture(name="apis", scope="module")
def _apis(tmp_path_factory, authority, one_server, broker):
    """Both programs, up once for all of these: nothing here changes them."""
    stack = Stack(tmp_path_factory.mktemp("errors"), authority, one_server, broker).up()
    yield stack
    stack.close()


def _error(call, request):
    with pytest.raises(grpc.RpcError) as failure:
        answer = call(request)
        if hasattr(answer, "__iter__"):
            next(iter(answer))  # a stream fails at its first response
    return reason_of(failure.value)


def _message(**fields):
    return chat.SendMessageRequest(
        **{"to": "a@chatwire.test", "body": "hello", "request_id": request_id(), **fields}
    )


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"to": "not a jid"}, "BAD_JID"),
        ({"to": ""}, "BAD_JID"),
        ({"body": ""}, "EMPTY_BODY"),
        ({"body": "x" * 65_537}, "BODY_TOO_LONG"),
        ({"body": "bell \a"}, "BAD_BODY"),
        ({"request_id": "7"}, "BAD_REQUEST_ID"),
        ({"request_id": ""}, "BAD_REQUEST_ID"),
    ],
)
def test_a_bad_message_is_refused(apis, fields, reason):
    api = apis.xmppd.api(apis.bot_token)
    assert _error(api.chat.SendMessage, _message(**fields)) == ("INVALID_ARGUMENT", reason)


def test_the_longest_body_is_accepted_and_arrives(apis):
    person = apis.person_online()
    # Three bytes a character: no cut may fall inside one.
    body = "€" * (65_536 // 3) + "."

    apis.xmppd.api(apis.bot_token).chat.SendMessage(_message(to=apis.person, body=body))

    assert person.wait("€")[0] == body


def test_a_request_id_goes_with_one_content(apis):
    api = apis.xmppd.api(apis.bot_token)
    request = _message(to=apis.person, body="once")
    first = api.chat.SendMessage(request)
    again = api.chat.SendMessage(request)
    assert again.replayed and again.message_id == first.message_id
    request.body = "other"
    assert _error(api.chat.SendMessage, request) == ("ALREADY_EXISTS", "REQUEST_ID_REUSED")


def test_an_unknown_account_is_not_found(apis):
    request = _message(account="nobody@chatwire.test")
    assert _error(apis.xmppd.api().chat.SendMessage, request) == ("NOT_FOUND", "ACCOUNT_NOT_FOUND")


@pytest.mark.parametrize("token, reason", [("", "TOKEN_MISSING"), ("wrong", "TOKEN_INVALID")])
def test_every_service_wants_a_token(apis, token, reason):
    xmpp, mqtt = apis.xmppd.api(token), apis.mqttd.api(token)
    calls = [
        (xmpp.accounts.ListAccounts, account.ListAccountsRequest()),
        (xmpp.chat.SendMessage, _message()),
        (xmpp.events.WatchEvents, event.WatchEventsRequest()),
        (xmpp.presence.SetPresence, presence.SetPresenceRequest()),
        (mqtt.checkboxes.GetCheckbox, checkbox.GetCheckboxRequest(name="lamp")),
        (mqtt.checkboxes.SetCheckbox, checkbox.SetCheckboxRequest(name="lamp", action=ON)),
        (mqtt.checkboxes.WatchCheckboxes, checkbox.WatchCheckboxesRequest()),
        (mqtt.broker.GetStatus, broker_api.GetStatusRequest()),
    ]
    for call, request in calls:
        assert _error(call, request) == ("UNAUTHENTICATED", reason), request


def test_a_stale_or_foreign_resume_token_is_refused(apis):
    xmpp, mqtt = apis.xmppd.api(apis.bot_token), apis.mqttd.api()
    bad = ("INVALID_ARGUMENT", "BAD_RESUME_TOKEN")
    watch = event.WatchEventsRequest(resume_token="yesterday")
    assert _error(xmpp.events.WatchEvents, watch) == bad
    watch = checkbox.WatchCheckboxesRequest(resume_token="yesterday")
    assert _error(mqtt.checkboxes.WatchCheckboxes, watch) == bad


def test_a_bad_presence_is_refused(apis):
    api = apis.xmppd.api(apis.bot_token)
    request = presence.SetPresenceRequest(presence=presence.Presence())
    assert _error(api.presence.SetPresence, request) == ("INVALID_ARGUMENT", "BAD_PRESENCE")


def test_unknown_and_impossible_checkboxes_are_told_apart(apis):
    boxes = apis.mqttd.api().checkboxes
    error = _error(boxes.GetCheckbox, checkbox.GetCheckboxRequest(name="lmap"))
    assert error == ("NOT_FOUND", "CHECKBOX_NOT_FOUND")
    for name in ("", "Big Lamp", "a/b", "lamp+", "x" * 65):
        request = checkbox.CreateCheckboxRequest(name=name, request_id=request_id())
        assert _error(boxes.CreateCheckbox, request) == ("INVALID_ARGUMENT", "BAD_NAME"), name
    request = checkbox.CreateCheckboxRequest(name="lamp", request_id=request_id())
    assert _error(boxes.CreateCheckbox, request) == ("ALREADY_EXISTS", "CHECKBOX_EXISTS")


def test_setting_checks_version_and_action(apis):
    boxes = apis.mqttd.api().checkboxes
    request = checkbox.SetCheckboxRequest(
        name="lamp", action=ON, request_id=request_id(), expected_version=999
    )
    assert _error(boxes.SetCheckbox, request) == ("ABORTED", "VERSION_MISMATCH")
    request = checkbox.SetCheckboxRequest(name="lamp", request_id=request_id())
    assert _error(boxes.SetCheckbox, request) == ("INVALID_ARGUMENT", "BAD_ACTION")
    assert apis.get("lamp").version == 0


def test_waiting_for_a_silent_device_ends(apis):
    apis.create("silent")
    request = checkbox.SetCheckboxRequest(
        name="silent",
        action=ON,
        request_id=request_id(),
        wait_for=checkbox.CONFIRMATION_STAGE_CONFIRMED,
    )
    request.wait_timeout.FromMilliseconds(200)
    error = _error(apis.mqttd.api().checkboxes.SetCheckbox, request)
    assert error == ("DEADLINE_EXCEEDED", "NOT_CONFIRMED")
    assert apis.get("silent").version == 1
