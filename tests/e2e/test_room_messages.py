"""What messages in rooms can be beside texts, on each XMPP server: Prosody tells who is who over nicks (XEP-0421), this
ejabberd does not."""

import queue
import uuid

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import chat_history_pb2 as history
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import file_service_pb2 as file
from chatwire.xmpp.v1 import room_message_pb2 as room_message
from chatwire.xmpp.v1 import room_service_pb2 as room

from world.event_follower import EventFollower
from world.rich_user import RichUser
from world.room_user import RoomUser, new_room
from world.rpc import reason_of, request_id
from world.waiting import eventually

OPEN = {"persistentroom": 1, "publicroom": 1}
SHOWN = chat.DELIVERY_STAGE_SERVER_ACK
RETRACT = "{urn:xmpp:message-retract:1}retract"
REACTIONS = "{urn:xmpp:reactions:0}reactions"
REPLACE = "{urn:xmpp:message-correct:0}replace"


class _Bot:
    """An account of the service in the room."""

    def __init__(self, hall, jid, password, nick):
        self.hall, self.stack, self.jid = hall, hall.stack, jid
        self.token = self.stack.login(jid, password)
        self.events = EventFollower(self.stack, self.token)
        self.stack.on_close(self.events.close)
        self.api.rooms.JoinRoom(
            room.JoinRoomRequest(room=hall.room, nick=nick, request_id=request_id())
        )

    @property
    def api(self):
        """Every service, also after a restart."""
        return self.stack.xmppd.api(self.token)

    def _fields(self, fields):
        return {"room": self.hall.room, "wait_for": SHOWN, "request_id": request_id(), **fields}

    def say(self, body, **fields):
        """SendRoomMessage; returns the message's id."""
        request = room.SendRoomMessageRequest(body=body, **self._fields(fields))
        return self.api.rooms.SendRoomMessage(request).message_id

    def correct(self, identity, body, **fields):
        """CorrectRoomMessage."""
        request = room_message.CorrectRoomMessageRequest(
            message_id=identity, body=body, **self._fields(fields)
        )
        return self.api.rooms.CorrectRoomMessage(request)

    def retract(self, identity, **fields):
        """RetractRoomMessage."""
        request = room_message.RetractRoomMessageRequest(message_id=identity, **self._fields(fields))
        return self.api.rooms.RetractRoomMessage(request)

    def react(self, stanza_id, *reactions, **fields):
        """ReactInRoom."""
        request = room_message.ReactInRoomRequest(
            stanza_id=stanza_id, reactions=reactions, **self._fields(fields)
        )
        return self.api.rooms.ReactInRoom(request)

    def heard(self, body, **fields):
        """The event of a text."""
        return self.events.wait("room_message_received", body=body, **fields)

    def wait_online(self):
        """Until there is a session and the room is entered."""
        request = account.GetAccountRequest(account=self.jid)

        def inside():
            state = self.api.accounts.GetAccount(request).account.connection.state
            rooms = self.api.rooms.ListJoinedRooms(room.ListJoinedRoomsRequest()).rooms
            return state == account.CONNECTION_STATE_ONLINE and all(
                r.state == room.ROOM_STATE_JOINED for r in rooms
            )

        eventually(inside, f"{self.jid} is in the room again")


class _Hall:
    """A room with a person in it whose client can do everything, and an account of the service."""

    def __init__(self, stack, **flags):
        self.stack, self.room = stack, new_room()
        stack.start_xmppd(**flags)
        self.alice = self._person(stack.person, stack.person_password)
        self.owner = RoomUser(self.alice, self.room, "Alice").enter(**OPEN)
        self.bot = _Bot(self, stack.bot, stack.password, "Bot")

    def _person(self, jid, password):
        stack = self.stack
        user = RichUser(jid, password, stack.authority, stack.server.port, ("xep_0045",))
        stack.on_close(user.close)
        return user

    def stranger(self, nick):
        """One more person in the room."""
        user = self._person(*self.stack.new_account("carol"))
        RoomUser(user, self.room, nick).enter()
        return user

    def second(self):
        """One more account of the service in the room."""
        return _Bot(self, *self.stack.new_account("second"), "Second")

    def say(self, body, change=None, user=None, identity=None):
        """A person writes; returns the id."""

        def act(stanza):
            if identity:
                stanza["id"] = identity
            if change:
                change(stanza)

        sent = (user or self.alice).send(self.room, body, "groupchat", act)
        return identity or sent

    def seen(self, what, condition):
        """The first stanza of the room that Alice got and for which CONDITION holds."""
        return self.alice.find(what, lambda s: s["type"] == "groupchat" and condition(s))


@pytest.fixture(name="hall")
def _hall(world):
    return _Hall(world)


def _error(call, *arguments):
    with pytest.raises(grpc.RpcError) as failure:
        call(*arguments)
    return reason_of(failure.value)


def _replaces(identity):
    return lambda stanza: stanza["replace"].__setitem__("id", identity)


def _retracts(identity):
    return lambda stanza: stanza["retract"].__setitem__("id", identity)


def test_replies_and_threads_go_both_ways(hall):
    hall.say("question", lambda s: s.__setitem__("thread", "t1"))
    asked = hall.bot.heard("question")
    assert asked.thread == "t1" and not asked.HasField("reply")
    hall.bot.say(
        "answer",
        thread="t1",
        reply={
            "message_id": asked.stanza_id,
            "author": f"{hall.room}/{asked.nick}",
            "quote": "question",
        },
    )
    answer = hall.seen("the answer", lambda s: s["body"].endswith("answer"))
    assert answer["reply"]["id"] == asked.stanza_id
    assert answer["reply"]["to"] == f"{hall.room}/Alice"
    assert (answer["thread"], answer["body"]) == ("t1", "> question\nanswer")
    own = hall.bot.heard("answer")
    assert own.own and own.reply.message_id == asked.stanza_id and own.reply.quote == "> question\n"

    def reply(stanza):
        stanza["reply"]["id"], stanza["reply"]["to"] = own.stanza_id, f"{hall.room}/Bot"

    hall.say("thanks", reply)
    assert hall.bot.heard("thanks").reply.message_id == own.stanza_id


def test_corrections_count_from_their_author_alone(hall):
    first = hall.say("helo")
    hall.bot.heard("helo")
    second = hall.say("hello", _replaces(first))
    corrected = hall.bot.events.wait("room_message_corrected")
    assert (corrected.body, corrected.corrected_message_id, corrected.own) == ("hello", first, False)
    hall.say("hello!", _replaces(second))
    again = hall.bot.events.wait("room_message_corrected", count=2)
    assert (again.body, again.corrected_message_id) == ("hello!", first), "of the original"

    carol = hall.stranger("Carol")
    hall.say("I am Alice and a fool", _replaces(first), user=carol)
    forged = hall.bot.heard("I am Alice and a fool")
    assert forged.nick == "Carol"
    assert len(hall.bot.events.all("room_message_corrected")) == 2

    mine = hall.bot.say("teh text")
    hall.bot.correct(mine, "the text")
    shown = hall.seen("the correction", lambda s: s["body"] == "the text")
    assert shown["replace"]["id"] == mine
    own = hall.bot.events.wait("room_message_corrected", own=True)
    assert (own.body, own.corrected_message_id) == ("the text", mine)
    assert _error(hall.bot.correct, first, "not mine") == ("NOT_FOUND", "MESSAGE_NOT_FOUND")


def test_a_nick_that_was_left_is_not_its_next_owners(hall):
    carol = hall.stranger("Carol")
    first = hall.say("mine", user=carol)
    hall.bot.heard("mine")
    carol.do(lambda c: c.send_presence(pto=f"{hall.room}/Carol", ptype="unavailable"))
    hall.bot.events.wait("participant_left")
    mallory = hall.stranger("Carol")
    hall.bot.events.wait("participant_joined", count=2)

    hall.say("yours", _replaces(first), user=mallory)
    hall.say("", _retracts(hall.bot.heard("mine").stanza_id), user=mallory)
    hall.say("behind it", user=mallory)

    assert hall.bot.heard("yours").nick == "Carol"
    hall.bot.heard("behind it")
    assert not hall.bot.events.all("room_message_corrected")
    assert not hall.bot.events.all("room_message_retracted")


def test_retractions_go_by_the_rooms_ids_both_ways(hall):
    first = hall.say("regret")
    told = hall.bot.heard("regret")
    hall.say("", _retracts(told.stanza_id))
    retracted = hall.bot.events.wait("room_message_retracted")
    assert (retracted.retracted_message_id, retracted.retracted_stanza_id) == (first, told.stanza_id)
    assert (retracted.nick, retracted.own) == ("Alice", False)

    mine = hall.bot.say("my regret")
    hall.bot.retract(mine)
    asked = hall.seen("the retraction", lambda s: s.xml.find(RETRACT) is not None and s["from"].resource == "Bot")
    own_id = hall.bot.heard("my regret").stanza_id
    assert asked.xml.find(RETRACT).get("id") == own_id
    own = hall.bot.events.wait("room_message_retracted", own=True)
    assert (own.retracted_message_id, own.retracted_stanza_id) == (mine, own_id)
    assert _error(hall.bot.retract, first) == ("NOT_FOUND", "MESSAGE_NOT_FOUND")
    assert [m.body for m in hall.bot.events.all("room_message_received")] == ["regret", "my regret"]


def test_reactions_go_both_ways_and_to_a_second_account(hall):
    second = hall.second()
    hall.say("news")
    news = hall.bot.heard("news")
    hall.bot.react(news.stanza_id, "👍", "🐢")
    seen = hall.seen("the reactions", lambda s: s.xml.find(REACTIONS) is not None)
    assert seen["reactions"]["id"] == news.stanza_id
    assert sorted(seen["reactions"].get_values(all_chars=True)) == ["🐢", "👍"]
    for bot, own in ((hall.bot, True), (second, False)):
        told = bot.events.wait("room_message_reacted", nick="Bot")
        assert (told.target_stanza_id, told.own) == (news.stanza_id, own)
        assert sorted(told.reactions) == ["🐢", "👍"]

    def react(stanza):
        stanza["reactions"]["id"] = news.stanza_id
        stanza["reactions"].set_values(["🎉"], all_chars=True)

    hall.say("", react)
    assert list(hall.bot.events.wait("room_message_reacted", nick="Alice").reactions) == ["🎉"]
    hall.bot.react(news.stanza_id)
    assert not hall.bot.events.wait("room_message_reacted", count=2, nick="Bot").reactions


def test_chat_states_are_told_and_not_ones_own(hall):
    def send(state):
        hall.bot.api.rooms.SendRoomChatState(
            room_message.SendRoomChatStateRequest(room=hall.room, state=state)
        )

    hall.say("", lambda s: s.__setitem__("chat_state", "composing"))
    told = hall.bot.events.wait("room_chat_state_received")
    assert (told.room, told.nick, told.state) == (hall.room, "Alice", chat.CHAT_STATE_COMPOSING)
    send(chat.CHAT_STATE_PAUSED)
    hall.seen("the state", lambda s: s["chat_state"] == "paused")
    hall.bot.say("behind it")
    hall.bot.heard("behind it")
    assert len(hall.bot.events.all("room_chat_state_received")) == 1
    assert _error(send, chat.CHAT_STATE_UNSPECIFIED) == ("INVALID_ARGUMENT", "BAD_CHAT_STATE")


def test_after_a_restart_ones_own_can_be_corrected_and_what_was_missed_is_told(hall):
    mine = hall.bot.say("my old text")
    theirs = hall.say("their old text")
    known = hall.bot.heard("their old text")
    hall.stack.xmppd.process.kill()
    hall.say("their new text", _replaces(theirs))
    hall.stack.xmppd.start()
    hall.bot.wait_online()

    if known.occupant_id:
        missed = hall.bot.events.wait("room_message_corrected", body="their new text")
        assert missed.delayed and missed.corrected_message_id == theirs
    else:
        # Nobody can say whether it is the same Alice.
        assert hall.bot.heard("their new text").delayed
    hall.bot.correct(mine, "my new text")
    own = hall.bot.events.wait("room_message_corrected", own=True)
    assert (own.body, own.corrected_message_id) == ("my new text", mine)
    hall.bot.retract(mine)
    assert hall.bot.events.wait("room_message_retracted").retracted_message_id == mine


def test_a_correction_accepted_while_away_goes_out_once_back(hall):
    mine = hall.bot.say("teh text")
    hall.bot.heard("teh text")
    hall.stack.xmppd.process.kill()
    hall.stack.xmppd.start()
    key = request_id()
    accepted = hall.bot.correct(mine, "the text", request_id=key, wait_for=chat.DELIVERY_STAGE_ACCEPTED)

    hall.seen("the correction", lambda s: s.xml.find(REPLACE) is not None)
    hall.bot.events.wait("room_message_corrected", body="the text")
    again = hall.bot.correct(mine, "the text", request_id=key)
    assert again.replayed and again.message_id == accepted.message_id
    assert len([s for s in hall.alice.stanzas() if s["body"] == "the text"]) == 1


def _send_file(bot, content, **metadata):
    requests = queue.Queue()
    described = file.SendFileMetadata(
        file_name="picture.png", size_bytes=len(content), request_id=request_id(), **metadata
    )
    requests.put(file.SendFileRequest(metadata=described))
    try:
        for response in (call := bot.api.files.SendFile(iter(requests.get, None), timeout=60)):
            if response.stage == file.SEND_FILE_STAGE_READY:
                requests.put(file.SendFileRequest(chunk=content))
                requests.put(None)
    finally:
        requests.put(None)
        call.cancel()
    return response.file


def test_files_go_into_a_room_and_out_of_it(world):
    hall = _Hall(world, file_allow_private_addresses="true")
    second = hall.second()
    content = uuid.uuid4().bytes * 1000
    sent = _send_file(hall.bot, content, room=hall.room, caption="look")
    shown = hall.seen("the file", lambda s: s["body"] == sent.url)
    assert shown.xml.findtext("{jabber:x:oob}x/{jabber:x:oob}url") == sent.url
    own = hall.bot.heard(sent.url)
    assert own.own and own.message_id == sent.message_id
    assert [(a.url, a.description) for a in own.attachments] == [(sent.url, "look")]

    attached = second.heard(sent.url).attachments[0]
    request = file.DownloadFileRequest(url=attached.url)
    fetched = b"".join(part.chunk for part in second.api.files.DownloadFile(request, timeout=60))
    assert fetched == content
    elsewhere = {"room": new_room()}
    assert _error(lambda: _send_file(hall.bot, content, **elsewhere)) == ("NOT_FOUND", "NOT_IN_ROOM")


def test_the_archive_of_a_room_is_fetched_in_pages_whatever_was_done_to_its_messages(hall):
    texts = [f"text {number}" for number in range(5)]
    first = hall.say(texts[0])
    for text in texts[1:]:
        hall.say(text)
    stanza_id = hall.bot.heard(texts[-1]).stanza_id
    hall.say("text 0, better", _replaces(first))
    hall.bot.react(stanza_id, "👍")
    hall.bot.say("last")

    def pages(order):
        request = history.FetchArchiveRequest(archive=hall.room, page_size=2, order=order)
        while True:
            answer = hall.bot.api.chat.FetchArchive(request)
            assert len(answer.messages) <= 2
            yield [m.body for m in answer.messages if m.body]
            if not answer.next_page_token:
                return
            request.page_token = answer.next_page_token

    wanted = [*texts, "text 0, better", "last"]
    oldest = eventually(
        lambda: found if (found := sum(pages(history.HISTORY_ORDER_OLDEST_FIRST), []))[-1:] == ["last"] else None,
        "all is in the archive",
    )
    assert oldest == wanted
    assert sum(pages(history.HISTORY_ORDER_NEWEST_FIRST), []) == wanted[::-1]
