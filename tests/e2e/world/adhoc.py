"""Ad-hoc commands (XEP-0050) as a person's client runs them."""


def names(user, bot):
    """The commands (node, name) that BOT, a full JID, offers to USER."""
    items = user.do(lambda client: client["xep_0050"].get_commands(bot))["disco_items"]["items"]
    return [(node, name) for _, node, name in items]


def run(user, bot, node, action="execute", sessionid=None, **values):
    """USER takes a step of BOT's command, with VALUES in its form; returns the answer."""
    def send(client):
        form = None
        if values:
            form = client["xep_0004"].make_form(ftype="submit")
            for name, value in values.items():
                form.add_field(var=name, ftype="boolean" if isinstance(value, bool) else None, value=value)
        return client["xep_0050"].send_command(bot, node, action=action, payload=form, sessionid=sessionid)

    return user.do(send)["command"]
