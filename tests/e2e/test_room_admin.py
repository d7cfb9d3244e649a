"""Owning rooms: configuration, affiliations, nicks, the end; on each XMPP server, with slixmpp on the other side."""

import uuid

import pytest
from chatwire.xmpp.v1 import room_admin_service_pb2 as admin
from chatwire.xmpp.v1 import room_event_pb2 as room_event
from chatwire.xmpp.v1 import room_roles_pb2 as roles

from world.room_world import RoomWorld, setting, submit
from world.roommate import USER, Refused
from world.rpc import request_id
from world.waiting import eventually
from world.xmpp_servers import ROOMS

CONFERENCE = "{jabber:x:conference}x"


@pytest.fixture(name="rooms")
def _rooms(world):
    return RoomWorld(world)


def test_an_owner_configures_a_room(rooms):
    rooms.alices_room()

    rooms.ask("ConfigureRoom", configuration=submit(roomname="Cave", moderatedroom="true"))

    form = rooms.ask("GetRoomConfiguration").configuration
    assert setting(form, "roomname") == ["Cave"]
    assert setting(form, "moderatedroom") == ["true"]
    unknown = rooms.refusal("ConfigureRoom", configuration=submit(typo="1"))
    assert unknown == ("INVALID_ARGUMENT", "UNKNOWN_FORM_FIELD")
    rooms.ask("ConfigureRoom", configuration=submit(roomdesc="dark"))
    form = rooms.ask("GetRoomConfiguration").configuration
    assert setting(form, "roomname") == ["Cave"], "what was not named stays"


def test_a_subject_is_set_and_may_be_set_again(rooms):
    rooms.alices_room()
    rooms.join()

    rooms.ask("SetSubject", subject="Fire burn 🔥")

    def shown(xml):
        subject = xml.find("{jabber:client}subject")
        return subject is not None and subject.text == "Fire burn 🔥"

    rooms.alice.wait_stanza("message", shown, "sees the subject")
    rooms.ask("SetSubject", subject="Fire burn 🔥")
    rooms.ask("SetSubject", subject="")


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


def test_a_room_is_destroyed_once_and_its_people_are_told(rooms):
    rooms.bots_room(persistentroom="1")
    second, token = rooms.second_bot()
    told = rooms.follow(token)
    rooms.join("second", token=token)
    elsewhere = f"coven@{ROOMS}"
    request = {"reason": "moved", "alternative": elsewhere, "request_id": request_id()}

    rooms.ask("DestroyRoom", **request)

    for events in (rooms.events, told):
        left = events.wait("room_left")
        assert left.reason == room_event.ROOM_LEAVE_REASON_DESTROYED and not left.will_rejoin
        assert (left.text, left.alternative) == ("moved", elsewhere), second
    rooms.ask("DestroyRoom", **request)
    # Prosody remembers rooms that had been persistent.
    code, reason = rooms.refusal("DestroyRoom")
    assert code == "NOT_FOUND" and reason in ("XMPP_ITEM_NOT_FOUND", "XMPP_GONE")


def test_a_full_room_lets_nobody_in(rooms):
    if type(rooms.stack.server).__name__ == "Prosody":
        pytest.skip("Debian's Prosody has no limit of occupants")
    rooms.bots_room(maxusers="5")
    people = [rooms.stranger() for _ in range(3)]
    for number, person in enumerate(people):
        person.enter(rooms.room, f"person{number}")
    _, token = rooms.second_bot()

    full = rooms.refusal("JoinRoom", rooms.rooms, nick="second", token=token)

    assert full == ("RESOURCE_EXHAUSTED", "ROOM_FULL")
    assert rooms.standing(token) is None


def test_who_may_not_is_told_what_it_takes(rooms):
    rooms.alice.create(rooms.room, "alice")
    needs = ("PERMISSION_DENIED", "ROOM_PRIVILEGE_NEEDED")

    assert rooms.refusal("GetRoomConfiguration") == needs
    assert rooms.refusal("ConfigureRoom", configuration=submit(roomname="Mine")) == needs
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
