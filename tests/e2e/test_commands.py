"""Ad-hoc commands (XEP-0050), both ways: slixmpp is the person, or the one who offers; on each XMPP server."""

import threading

import grpc
import pytest
from chatwire.xmpp.v1 import command_service_pb2 as command
from chatwire.xmpp.v1 import data_form_pb2 as forms
from slixmpp.exceptions import IqError

from world.adhoc import names, run
from world.rpc import reason_of, request_id
from world.waiting import eventually
from world.xmpp_servers import DOMAIN

PLUGINS = ("xep_0004", "xep_0030", "xep_0050")
EXECUTE, NEXT = command.COMMAND_ACTION_EXECUTE, command.COMMAND_ACTION_NEXT
PREVIOUS, COMPLETE = command.COMMAND_ACTION_PREVIOUS, command.COMMAND_ACTION_COMPLETE


@pytest.fixture
def api(world):
    """The bot's commands."""
    world.start_xmppd()
    return world.xmppd.api(world.login()).commands


class Program:
    """Offers commands and answers each step with what HANDLER(step) returns."""

    def __init__(self, api, handler, **offer):
        self._api, self._handler = api, handler
        self.steps, self.ended, self.error = [], [], None
        self._stream = api.OfferCommands(command.OfferCommandsRequest(**offer), timeout=None)
        self.jid = next(self._stream).offered.jid
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        try:
            for response in self._stream:
                if response.HasField("ended"):
                    self.ended.append(response.ended)
                if response.HasField("requested"):
                    self.steps.append(response.requested)
                    self._answer(response.requested)
        except grpc.RpcError as error:
            self.error = error

    def _answer(self, step):
        answer = self._handler(step)
        if answer is None:
            return
        request = command.AnswerCommandRequest(
            session_id=step.session_id, step=step.step, request_id=request_id(), **answer
        )
        self._api.AnswerCommand(request)
        self._api.AnswerCommand(request)  # a retry does no harm

    def close(self):
        """Offers nothing any more."""
        self._stream.cancel()
        self._thread.join(10)


def _boolean(name, value, label=""):
    return forms.FormField(
        name=name, type=forms.FORM_FIELD_TYPE_BOOLEAN, label=label, values=[str(value).lower()]
    )


def _form(*fields, title=""):
    return forms.DataForm(type=forms.DATA_FORM_TYPE_FORM, title=title, fields=fields)


def _note(text):
    return command.CommandNote(type=command.COMMAND_NOTE_TYPE_INFORMATION, text=text)


def _checkboxes(state):
    """A form with a checkbox for each name in STATE, which it changes."""

    def handle(step):
        if step.action == EXECUTE:
            fields = [_boolean(name, on, name.title()) for name, on in state.items()]
            return {"continues": {"form": _form(*fields, title="Checkboxes")}}
        state.update({f.name: f.values[0] == "true" for f in step.form.fields})
        return {"completes": {"notes": [_note("done")]}}

    return handle


def _refused(call, request):
    with pytest.raises(grpc.RpcError) as failure:
        call(request)
    return reason_of(failure.value)


def test_a_checkbox_in_a_chat_client_is_a_boolean_in_the_program(world, api):
    state = {"lamp": False, "heater": True}
    program = Program(api, _checkboxes(state), commands=[{"node": "boxes", "name": "Checkboxes"}])
    person = world.person_online(*PLUGINS)

    eventually(lambda: names(person, program.jid) == [("boxes", "Checkboxes")], "it is in the menu")
    info = person.do(lambda client: client["xep_0030"].get_info(jid=program.jid, node="boxes"))
    assert ("automation", "command-node", None, "Checkboxes") in info["disco_info"]["identities"]
    begun = run(person, program.jid, "boxes")
    fields = begun["form"].get_fields()
    assert begun["status"] == "executing" and begun["form"]["title"] == "Checkboxes"
    assert {name: (f["type"], f["value"]) for name, f in fields.items()} == {
        "lamp": ("boolean", False),
        "heater": ("boolean", True),
    }
    done = run(person, program.jid, "boxes", "complete", begun["sessionid"], lamp=True, heater=False)

    assert done["status"] == "completed" and done["notes"] == [("info", "done")]
    assert state == {"lamp": True, "heater": False}
    assert program.steps[0].from_contact and getattr(program.steps[0], "from").startswith(world.person)
    program.close()
    eventually(lambda: names(person, program.jid) == [], "it is gone from the menu")


def test_a_command_has_steps_forth_and_back_and_can_be_given_up(world, api):
    def wizard(step):
        if step.action == COMPLETE:
            return {"completes": {"form": forms.DataForm(type=forms.DATA_FORM_TYPE_RESULT)}}
        page = {EXECUTE: "one", NEXT: "two", PREVIOUS: "one"}[step.action]
        allowed = [NEXT] if page == "one" else [PREVIOUS, COMPLETE]
        return {"continues": {"form": _form(title=page), "allowed_actions": allowed}}

    program = Program(api, wizard, commands=[{"node": "wizard", "name": "Wizard"}])
    person = world.person_online(*PLUGINS)
    eventually(lambda: names(person, program.jid), "it is in the menu")

    one = run(person, program.jid, "wizard")
    session = one["sessionid"]
    assert (one["form"]["title"], set(one["actions"])) == ("one", {"next"})
    two = run(person, program.jid, "wizard", "next", session)
    assert (two["form"]["title"], set(two["actions"])) == ("two", {"prev", "complete"})
    back = run(person, program.jid, "wizard", "prev", session)
    assert back["form"]["title"] == "one"
    with pytest.raises(IqError) as refused:
        run(person, program.jid, "wizard", "complete", session)
    assert refused.value.condition == "bad-request"
    canceled = run(person, program.jid, "wizard", "cancel", session)
    assert canceled["status"] == "canceled"
    eventually(lambda: [e.session_id for e in program.ended] == [session], "the program is told")
    with pytest.raises(IqError) as refused:
        run(person, program.jid, "wizard", "next", session)
    assert refused.value.iq["error"].xml.find("{http://jabber.org/protocol/commands}bad-sessionid") is not None
    assert run(person, program.jid, "wizard")["sessionid"] != session
    program.close()


def test_only_the_audience_sees_and_runs_a_command(world, api):
    program = Program(api, _checkboxes({"lamp": False}), commands=[{"node": "boxes", "name": "Boxes"}])
    person = world.person_online(*PLUGINS)
    stranger = world.user_online(*world.new_account("stranger"), *PLUGINS)
    eventually(lambda: names(person, program.jid), "a contact sees it")

    assert names(stranger, program.jid) == []
    with pytest.raises(IqError) as refused:
        run(stranger, program.jid, "boxes")
    assert refused.value.condition == "forbidden"
    # Somebody else takes the command over, for strangers: the older stream has nothing left.
    listed = Program(
        api,
        lambda step: {"fails": {"error": command.COMMAND_ERROR_CONFLICT, "text": "no"}},
        commands=[{"node": "boxes", "name": "Boxes"}],
        audience=command.COMMAND_AUDIENCE_LISTED,
        allowed_jids=[stranger.jid],
    )
    eventually(lambda: program.error, "the older stream ends")
    assert reason_of(program.error) == ("ABORTED", "OFFER_REPLACED")
    with pytest.raises(IqError) as refused:
        run(stranger, program.jid, "boxes")
    assert (refused.value.condition, refused.value.text) == ("conflict", "no")
    with pytest.raises(IqError) as refused:
        run(person, program.jid, "boxes")
    assert refused.value.condition == "forbidden"
    listed.close()


def test_an_offer_outlives_a_reconnect_and_a_silent_program_does_not_hang_anybody(world, api):
    program = Program(
        api,
        lambda step: None,
        commands=[{"node": "slow", "name": "Slow"}],
        answer_timeout={"seconds": 1},
    )
    person = world.person_online(*PLUGINS)
    eventually(lambda: names(person, program.jid), "it is in the menu")
    with pytest.raises(IqError) as refused:
        run(person, program.jid, "slow")
    assert refused.value.condition == "remote-server-timeout"
    step = program.steps[0]
    late = command.AnswerCommandRequest(
        session_id=step.session_id, step=step.step, request_id=request_id(), completes={}
    )
    assert _refused(api.AnswerCommand, late) == ("FAILED_PRECONDITION", "COMMAND_NOT_WAITING")

    world.server.stop()
    world.server.start()

    def listed():
        # ejabberd may let the bot in under another resource.
        try:
            resources = person.do(lambda client: list(client.client_roster[world.bot].resources))
            return [name for r in resources for name in names(person, f"{world.bot}/{r}")]
        except Exception:  # the person is not back yet, either
            return None

    eventually(lambda: listed() == [("slow", "Slow")], "it is in the menu again", 60)
    program.close()


def test_the_commands_of_a_server_are_listed_andrun(world, api):
    listed = api.ListCommands(command.ListCommandsRequest()).commands
    nodes = {c.node: c for c in listed}
    # ejabberd lets everybody ping it, Prosody tells everybody for how long it has been running.
    node = "ping" if "ping" in nodes else "uptime"
    assert nodes[node].jid == DOMAIN and nodes[node].name, nodes

    answer = api.RunCommand(command.RunCommandRequest(node=node, request_id=request_id()))

    assert answer.status == command.COMMAND_STATUS_COMPLETED
    assert any(word in note.text.lower() for note in answer.notes for word in ("pong", "running"))
    unknown = command.RunCommandRequest(node="no-such", request_id=request_id())
    reason = _refused(api.RunCommand, unknown)[1]
    assert reason in ("XMPP_ITEM_NOT_FOUND", "XMPP_SERVICE_UNAVAILABLE")
    nameless = command.RunCommandRequest(request_id=request_id())
    assert _refused(api.RunCommand, nameless) == ("INVALID_ARGUMENT", "BAD_COMMAND")


def test_a_command_of_a_contact_is_run_step_by_step_and_only_once(world, api):
    person = world.person_online(*PLUGINS)
    seen = []
    forms_of_person = person.do(lambda client: client["xep_0004"])

    def begin(iq, session):
        seen.append("begun")
        form = forms_of_person.make_form("form", title="Order")
        form.add_field(var="size", ftype="list-single", options=[{"label": "Big", "value": "big"}])
        form.add_field(var="hot", ftype="boolean", value=False, required=True)
        session.update(payload=form, next=finish, has_next=False, allow_complete=True)
        return session

    def finish(payload, session):
        seen.append(payload.get_values())
        session.update(payload=None, next=None, has_next=False, notes=[("info", "ordered")])
        return session

    person.do(lambda client: client["xep_0050"].add_command(node="order", name="Order", handler=begin))
    jid = person.do(lambda client: client.boundjid.full)
    listed = api.ListCommands(command.ListCommandsRequest(jid=jid)).commands
    assert [(c.node, c.name) for c in listed] == [("order", "Order")]

    begin_request = command.RunCommandRequest(jid=jid, node="order", request_id=request_id())
    first = api.RunCommand(begin_request)
    assert api.RunCommand(begin_request) == first and seen == ["begun"], "a retry does nothing twice"
    size, hot = first.form.fields
    assert first.status == command.COMMAND_STATUS_EXECUTING
    assert (size.options[0].value, size.options[0].label) == ("big", "Big")
    assert (hot.type, hot.required, list(hot.values)) == (forms.FORM_FIELD_TYPE_BOOLEAN, True, ["false"])
    filled = forms.DataForm(type=forms.DATA_FORM_TYPE_SUBMIT)
    filled.fields.add(name="size", values=["big"])
    filled.fields.add(name="hot", type=forms.FORM_FIELD_TYPE_BOOLEAN, values=["true"])
    second = api.RunCommand(
        command.RunCommandRequest(
            jid=jid,
            node="order",
            session_id=first.session_id,
            action=COMPLETE,
            form=filled,
            request_id=request_id(),
        )
    )
    assert second.status == command.COMMAND_STATUS_COMPLETED
    assert [note.text for note in second.notes] == ["ordered"]
    assert seen[1]["size"] == "big" and seen[1]["hot"] in (True, "1")
