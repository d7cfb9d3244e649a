"""The service's own list of messages: each as it stands now, and after a crash, too."""

from chatwire.xmpp.v1 import chat_history_pb2 as history
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import room_service_pb2 as room

from world.room_user import RoomUser, new_room
from world.rpc import request_id
from world.waiting import eventually

OLDEST_FIRST = history.HISTORY_ORDER_OLDEST_FIRST


def _list(stack, token, peer=""):
    request = history.ListMessagesRequest(peer=peer, order=OLDEST_FIRST)
    return list(stack.xmppd.api(token).chat.ListMessages(request).messages)


def _settled(stack, token, condition, peer=""):
    """The list once CONDITION(list) holds, which must be so after a kill -9 as well."""
    eventually(
        lambda: condition(_list(stack, token, peer)), lambda: f"the list; {_list(stack, token, peer)}"
    )
    before = _list(stack, token, peer)
    stack.xmppd.kill_and_restart()
    assert _list(stack, token, peer) == before
    return before


def test_what_came_is_shown_with_what_was_done_to_it(talk):
    person, bot = talk.person, talk.world.bot
    journal = talk.journal()
    first = person.send(bot, "lamp onn")
    secret = person.send(bot, "a secret")
    journal.wait("message_received", message_id=secret)
    talk.react(first, "👍")
    talk.mark(first)
    person.run(lambda client: client["xep_0444"].send_reactions(bot, first, {"🎉"}))
    person.send(bot, "lamp on 🙂", change=lambda stanza: stanza["replace"].__setitem__("id", first))
    person.run(lambda client: client["xep_0424"].send_retraction(bot, secret))

    corrected, retracted = _settled(
        talk.world, talk.token, lambda all_: len(all_) == 2 and all_[1].retracted
    )

    assert (corrected.body, corrected.edited, corrected.read) == ("lamp on 🙂", True, True)
    assert corrected.message_id == first and corrected.edit_time.seconds
    reactions = {r.own: (getattr(r, "from"), list(r.reactions)) for r in corrected.reactions}
    assert reactions == {True: (bot, ["👍"]), False: (person.jid, ["🎉"])}
    assert (retracted.body, retracted.message_id) == ("", secret)


def test_what_was_sent_shows_how_far_it_has_come(talk):
    person, sent = talk.person, history.HISTORY_DELIVERY_SERVER_ACK
    received = talk.send(body="with a receipt", request_receipt=True)
    shown = talk.send(body="to be shown", markable=True)
    person.find("the message", lambda stanza: stanza["id"] == shown)
    talk.retract(talk.send(body="oops"))
    talk.correct(talk.send(body="helo"), "hello")
    lost = talk.send(body="for nobody", to="nobody@chatwire.test")
    person.run(lambda client: client["xep_0333"].send_marker(talk.world.bot, shown, "displayed"))

    def done(messages):
        states = [message.delivery for message in messages]
        return states == [
            *(history.HISTORY_DELIVERY_DISPLAYED, history.HISTORY_DELIVERY_DISPLAYED),
            *(sent, sent, history.HISTORY_DELIVERY_FAILED),
        ]

    messages = _settled(talk.world, talk.token, done)

    assert [m.message_id for m in messages[:2]] == [received, shown]
    assert [m.body for m in messages] == ["with a receipt", "to be shown", "", "hello", "for nobody"]
    assert messages[2].retracted and messages[3].edited
    assert (messages[4].message_id, messages[4].failure_condition) == (lost, "service-unavailable")


def test_a_room_is_shown_with_who_wrote_what(world):
    world.start_xmppd()
    token = world.login()
    place = new_room()
    owner = RoomUser(world.person_online("xep_0045", "xep_0249"), place, "Öwner")
    owner.enter(persistentroom=1, publicroom=1)
    rooms = world.xmppd.api(token).rooms
    rooms.JoinRoom(room.JoinRoomRequest(room=place, nick="Bot", request_id=request_id()))
    owner.say("olá 🙂")
    eventually(lambda: len(_list(world, token, place)) == 1, "the first message")
    rooms.SendRoomMessage(
        room.SendRoomMessageRequest(
            room=place,
            body="on",
            request_id=request_id(),
            wait_for=chat.DELIVERY_STAGE_SERVER_ACK,
        )
    )

    theirs, ours = _settled(world, token, lambda all_: len(all_) == 2, place)

    assert (getattr(theirs, "from"), theirs.body, theirs.outgoing) == (f"{place}/Öwner", "olá 🙂", False)
    assert (getattr(ours, "from"), ours.body, ours.outgoing) == (f"{place}/Bot", "on", True)
    assert theirs.archive_id and theirs.type == history.HISTORY_MESSAGE_TYPE_GROUPCHAT
    assert not _list(world, token, world.person)
