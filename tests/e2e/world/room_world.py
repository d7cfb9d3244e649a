"""Rooms that the bot administers, with another Chatwire account and people with slixmpp on the other side."""

import uuid

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import data_form_pb2 as forms
from chatwire.xmpp.v1 import room_admin_service_pb2 as admin
from chatwire.xmpp.v1 import room_service_pb2 as membership

from world.cable import Cable
from world.event_follower import EventFollower
from world.roommate import USER, Roommate
from world.rpc import DEADLINE, reason_of, request_id
from world.waiting import eventually
from world.xmpp_servers import DOMAIN, ROOMS


def submit(**values):
    """A form that sets muc#roomconfig_NAME to VALUE."""
    fields = [
        forms.FormField(name=f"muc#roomconfig_{name}", values=[str(value)])
        for name, value in values.items()
    ]
    return forms.DataForm(type=forms.DATA_FORM_TYPE_SUBMIT, fields=fields)


CANCEL = forms.DataForm(type=forms.DATA_FORM_TYPE_CANCEL)


def setting(form, name):
    """The values of muc#roomconfig_NAME."""
    return next(list(f.values) for f in form.fields if f.name == f"muc#roomconfig_{name}")


def codes(xml):
    """The status codes of a room's presence (XEP-0045, section 15.6)."""
    return {status.get("code") for status in xml.iterfind(f"{USER}x/{USER}status")}


class RoomWorld:
    """The bot and Alice online, and the JID of a room that does not exist."""

    def __init__(self, stack):
        self.stack = stack
        self.cable = Cable(stack.server.port)
        stack.on_close(self.cable.close)
        stack.start_xmppd(xmpp_route=f"{DOMAIN}=127.0.0.1:{self.cable.port}")
        self.token = stack.login()
        self.room = f"room{uuid.uuid4().hex[:8]}@{ROOMS}"
        self.alice = self.user(stack.person, stack.person_password)
        self.events = self.follow(self.token)

    def follow(self, token):
        """The events of TOKEN's account."""
        events = EventFollower(self.stack, token)
        self.stack.on_close(events.close)
        return events

    def user(self, jid, password):
        """Another person who uses rooms."""
        user = Roommate(jid, password, self.stack.authority, self.stack.server.port)
        self.stack.on_close(user.close)
        return user

    def stranger(self):
        """Somebody whom nobody knows."""
        return self.user(*self.stack.new_account("mallory"))

    def second_bot(self):
        """Another account on the same service; returns (JID, token)."""
        jid, password = self.stack.new_account("second")
        return jid, self.stack.login(jid, password)

    def alices_room(self):
        """Alice makes a room, and the bot its second owner."""
        self.alice.create(self.room, "alice", [self.stack.bot])

    def bots_room(self, **configuration):
        """The bot makes the room, in which Alice is then, too."""
        self.ask("CreateRoom", nick="bot", configuration=submit(**configuration))
        self.alice.enter(self.room, "alice")

    def ask(self, name, *, token=None, **fields):
        """Calls RoomAdminService.NAME about the room."""
        return self._call("room_admin", admin, name, token, fields)

    def rooms(self, name, *, token=None, seconds=DEADLINE, **fields):
        """Calls RoomService.NAME about the room."""
        return self._call("rooms", membership, name, token, fields, seconds)

    def _call(self, service, contract, name, token, fields, seconds=DEADLINE):
        request = getattr(contract, f"{name}Request")
        for field, value in (("room", self.room), ("request_id", request_id())):
            if field in request.DESCRIPTOR.fields_by_name:
                fields.setdefault(field, value)
        api = self.stack.xmppd.api(token or self.token)
        return getattr(getattr(api, service), name)(request(**fields), timeout=seconds)

    def refusal(self, name, call=None, **fields):
        """(code, reason) with which NAME fails."""
        with pytest.raises(grpc.RpcError) as failure:
            (call or self.ask)(name, **fields)
        return reason_of(failure.value)

    def is_gone(self):
        """Whether there is no such room."""
        try:
            # What reaches a room of ejabberd while it ends is never answered.
            self.rooms("GetRoomInfo", seconds=3)
        except grpc.RpcError as error:
            return reason_of(error) == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")
        return False

    def join(self, nick="bot", **fields):
        """Enters the room."""
        return self.rooms("JoinRoom", nick=nick, **fields).room

    def affiliate(self, jid, affiliation, **fields):
        """Sets one affiliation, which has to work."""
        change = admin.AffiliationChange(jid=jid, affiliation=affiliation, **fields)
        (result,) = self.ask("SetAffiliations", changes=[change]).results
        assert result.done, result

    def standing(self, token=None):
        """How an account stands in the room: a JoinedRoom or nothing."""
        joined = self.rooms("ListJoinedRooms", token=token).rooms
        return next((entry for entry in joined if entry.room == self.room), None)

    def wait_online(self, jid=None, token=None):
        """Waits until an account's session is up: the bot's, if none is given."""

        def online():
            request = account.GetAccountRequest(account=jid or self.stack.bot)
            answer = self.stack.xmppd.api(token or self.token).accounts.GetAccount(request)
            return answer.account.connection.state == account.CONNECTION_STATE_ONLINE

        eventually(online, f"{jid or 'the bot'} is online", 60)

    def wait_back(self, token=None):
        """Waits until an account is in the room."""

        def inside():
            found = self.standing(token)
            return found and found.state == membership.ROOM_STATE_JOINED

        eventually(inside, "back in the room", 90)

    def lose_connection(self):
        """Every connection to the server breaks, and comes back."""
        self.cable.pull()
        eventually(lambda: self.standing().state == membership.ROOM_STATE_JOINING, "the loss is noticed")
        self.cable.plug()
        self.wait_back()
