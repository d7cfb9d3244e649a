"""Owning and moderating rooms, on each XMPP server, with slixmpp on the other side."""

import uuid

import grpc
import pytest
from chatwire.xmpp.v1 import data_form_pb2 as forms
from chatwire.xmpp.v1 import room_admin_service_pb2 as admin
from chatwire.xmpp.v1 import room_roles_pb2 as roles

from world.roommate import USER, Refused, Roommate
from world.rpc import reason_of, request_id
from world.xmpp_servers import ROOMS

CONFERENCE = "{jabber:x:conference}x"


class RoomWorld:
    """The bot, and Alice with a room that belongs to both."""

    def __init__(self, stack):
        self.stack = stack
        stack.start_xmppd()
        self.token = stack.login()
        self.room = f"room{uuid.uuid4().hex[:8]}@{ROOMS}"
        self.alice = self.user(stack.person, stack.person_password)

    def user(self, jid, password):
        """Another person who uses rooms."""
        user = Roommate(jid, password, self.stack.authority, self.stack.server.port)
        self.stack._closing.append(user.close)
        return user

    def stranger(self):
        """Somebody whom nobody knows."""
        return self.user(*self.stack.new_account("mallory"))

    def alices_room(self):
        """Alice makes a room, and the bot its second owner."""
        self.alice.create(self.room, "alice", [self.stack.bot])

    def ask(self, name, *, token=None, **fields):
        """Calls RoomAdminService.NAME about the room."""
        request = getattr(admin, f"{name}Request")
        fields.setdefault("room", self.room)
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            fields["request_id"] = request_id()
        return getattr(self.stack.xmppd.api(token or self.token).room_admin, name)(request(**fields))

    def refusal(self, name, **fields):
        """(code, reason) with which NAME fails."""
        with pytest.raises(grpc.RpcError) as failure:
            self.ask(name, **fields)
        return reason_of(failure.value)


@pytest.fixture
def rooms(world):
    """A bot that is logged in, and Alice online."""
    return RoomWorld(world)


def _submit(**values):
    """A form that sets muc#roomconfig_NAME to VALUE."""
    fields = [
        forms.FormField(name=f"muc#roomconfig_{name}", values=[value]) for name, value in values.items()
    ]
    return forms.DataForm(type=forms.DATA_FORM_TYPE_SUBMIT, fields=fields)


def _setting(form, name):
    return next(list(f.values) for f in form.fields if f.name == f"muc#roomconfig_{name}")


def test_an_owner_configures_a_room(rooms):
    rooms.alices_room()

    rooms.ask("ConfigureRoom", configuration=_submit(roomname="Cave", moderatedroom="true"))

    form = rooms.ask("GetRoomConfiguration").configuration
    assert _setting(form, "roomname") == ["Cave"]
    assert _setting(form, "moderatedroom") == ["true"]
    unknown = rooms.refusal("ConfigureRoom", configuration=_submit(typo="1"))
    assert unknown == ("INVALID_ARGUMENT", "UNKNOWN_FORM_FIELD")
    rooms.ask("ConfigureRoom", configuration=_submit(roomdesc="dark"))
    form = rooms.ask("GetRoomConfiguration").configuration
    assert _setting(form, "roomname") == ["Cave"], "what was not named stays"


def test_a_room_is_destroyed(rooms):
    rooms.alices_room()

    rooms.ask("DestroyRoom", reason="Macbeth doth come.", alternative=f"coven@{ROOMS}")

    def destroyed(xml):
        found = xml.find(f"{USER}x/{USER}destroy")
        return found is not None and found.get("jid") == f"coven@{ROOMS}"

    xml = rooms.alice.wait_stanza("presence", destroyed, "sees the room end")
    assert xml.findtext(f"{USER}x/{USER}destroy/{USER}reason") == "Macbeth doth come."
    assert rooms.refusal("GetRoomConfiguration") == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")
    assert rooms.refusal("DestroyRoom") == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")


def test_who_may_not_is_told_what_it_takes(rooms):
    rooms.alice.create(rooms.room, "alice")
    needs = ("PERMISSION_DENIED", "ROOM_PRIVILEGE_NEEDED")

    assert rooms.refusal("GetRoomConfiguration") == needs
    assert rooms.refusal("ConfigureRoom", configuration=_submit(roomname="Mine")) == needs
    assert rooms.refusal("DestroyRoom") == needs
    assert rooms.refusal("KickParticipant", nick="alice") == needs
    assert rooms.refusal("ListAffiliations", affiliation=roles.ROOM_AFFILIATION_OWNER) == needs
    change = admin.AffiliationChange(jid=rooms.stack.bot, affiliation=roles.ROOM_AFFILIATION_OWNER)
    (result,) = rooms.ask("SetAffiliations", changes=[change]).results
    assert not result.done
    assert result.error_reason == "ROOM_PRIVILEGE_NEEDED"
    assert rooms.refusal("SetSubject", subject="Mine") == ("NOT_FOUND", "NOT_IN_ROOM")
    assert rooms.refusal("RequestVoice") == ("NOT_FOUND", "NOT_IN_ROOM")


def test_affiliations_are_set_and_listed(rooms):
    rooms.alices_room()
    mallory = rooms.stranger()
    outcast, member = roles.ROOM_AFFILIATION_OUTCAST, roles.ROOM_AFFILIATION_MEMBER
    others = [f"friend{number}@chatwire.test" for number in range(3)]

    results = rooms.ask(
        "SetAffiliations",
        changes=[
            admin.AffiliationChange(jid=mallory.jid, affiliation=outcast, reason="Treason"),
            *(admin.AffiliationChange(jid=jid, affiliation=member) for jid in others),
        ],
    ).results

    assert [r.done for r in results] == [True] * 4
    (banned,) = rooms.ask("ListAffiliations", affiliation=outcast).affiliates
    assert banned.jid == mallory.jid
    assert banned.reason == "Treason"
    first = rooms.ask("ListAffiliations", affiliation=member, page_size=2)
    rest = rooms.ask("ListAffiliations", affiliation=member, page_token=first.next_page_token)
    assert [a.jid for a in [*first.affiliates, *rest.affiliates]] == others
    with pytest.raises(Refused, match="forbidden"):
        mallory.enter(rooms.room, "mallory")
    pardon = admin.AffiliationChange(jid=mallory.jid, affiliation=roles.ROOM_AFFILIATION_NONE)
    rooms.ask("SetAffiliations", changes=[pardon])
    mallory.enter(rooms.room, "mallory")


def test_a_direct_invitation_arrives(rooms):
    rooms.alices_room()

    (result,) = rooms.ask(
        "InviteToRoom",
        invitees=[rooms.alice.jid],
        route=admin.INVITATION_ROUTE_DIRECT,
        reason="All good witches",
        password="cauldronburn",
    ).results

    assert result.done
    xml = rooms.alice.wait_stanza(
        "message", lambda xml: xml.find(CONFERENCE) is not None, "is invited"
    )
    invitation = xml.find(CONFERENCE)
    assert invitation.get("jid") == rooms.room
    assert invitation.get("password") == "cauldronburn"


def test_a_nick_is_registered(rooms):
    rooms.alices_room()
    nick = f"witch{uuid.uuid4().hex[:6]}"

    assert rooms.ask("RegisterNick", nick=nick).nick == nick
    assert rooms.ask("RegisterNick", nick=nick).nick == nick, "it is mine"
    jid, password = rooms.stack.new_account("other")
    other = rooms.stack.login(jid, password)
    member = admin.AffiliationChange(jid=jid, affiliation=roles.ROOM_AFFILIATION_MEMBER)
    rooms.ask("SetAffiliations", changes=[member])
    taken = rooms.refusal("RegisterNick", nick=nick, token=other)
    assert taken == ("ALREADY_EXISTS", "NICK_TAKEN")
