"""A device gets each command once, also when the broker's acknowledgement is lost with the connection or the service."""

from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.mqtt_proxy import FROM_BROKER, PUBACK, PUBLISH, TO_BROKER
from world.waiting import eventually

ON, OFF, TOGGLE = (
    checkbox.CHECKBOX_ACTION_ON,
    checkbox.CHECKBOX_ACTION_OFF,
    checkbox.CHECKBOX_ACTION_TOGGLE,
)
# The publisher hears nothing of its publishes, in either way: neither PUBACK nor echo.
DEAF = (("pub", FROM_BROKER, PUBACK), ("echo", FROM_BROKER, PUBLISH))
BURST = 200


def _send_into_the_dark(stack, device):
    """The device gets "on", and the service never hears that the broker took it."""
    device.silent = True
    stack.proxy.lose(*DEAF)
    stack.set("lamp", ON)
    eventually(lambda: device.commands() == ["ON"], lambda: f"the command: {device.commands()}")
    eventually(lambda: set(DEAF) <= set(stack.proxy.lost), lambda: f"losses: {stack.proxy.lost}")


def _and_then_off(stack, device, *expected):
    """What would come twice has come once the next command for the same lamp is there."""
    eventually(stack.is_told, stack.mqttd.process.tail)
    stack.set("lamp", OFF)
    eventually(lambda: device.commands()[-1:] == ["OFF"], lambda: f"{device.commands()}")
    assert device.commands() == [*expected, "OFF"]


def test_a_killed_service_does_not_send_again_what_the_broker_has(proxied):
    device = proxied.device()
    _send_into_the_dark(proxied, device)

    proxied.mqttd.process.kill()
    proxied.proxy.lose()
    proxied.mqttd.start()

    _and_then_off(proxied, device, "ON")


def test_a_cut_connection_does_not_make_it_send_again_what_the_broker_has(proxied):
    device = proxied.device()
    _send_into_the_dark(proxied, device)

    proxied.proxy.lose()
    proxied.proxy.cut()

    _and_then_off(proxied, device, "ON")


def test_what_the_broker_never_got_is_sent_after_a_kill(proxied):
    device = proxied.device()
    device.silent = True
    lost = ("pub", TO_BROKER, PUBLISH)
    proxied.proxy.lose(lost)
    proxied.set("lamp", ON)
    eventually(lambda: lost in proxied.proxy.lost, lambda: f"losses: {proxied.proxy.lost}")

    proxied.mqttd.process.kill()
    proxied.proxy.lose()
    proxied.mqttd.start()

    eventually(lambda: device.commands() == ["ON"], lambda: f"{device.commands()}")
    _and_then_off(proxied, device, "ON")


def test_where_the_broker_forgot_it_sends_rather_twice_than_never_and_says_so(proxied):
    device = proxied.device()
    _send_into_the_dark(proxied, device)
    device.close()

    proxied.mqttd.process.kill()
    proxied.broker.stop()
    proxied.broker.start()
    late = proxied.device()
    late.silent = True
    proxied.proxy.lose()
    proxied.mqttd.start()

    eventually(lambda: late.commands() == ["ON"], lambda: f"{late.commands()}")
    assert "may reach a device twice" in proxied.mqttd.process.text()


def test_a_burst_with_a_kill_in_it_reaches_a_forgetful_device_once(proxied):
    device = proxied.device()
    device.forgetful = True

    for number in range(BURST):
        proxied.set("lamp", TOGGLE)
        if number == BURST // 2:
            proxied.mqttd.kill_and_restart()

    wanted = ["ON", "OFF"] * (BURST // 2)
    eventually(lambda: len(device.commands()) >= BURST, lambda: f"{len(device.commands())}", 60)
    eventually(lambda: not proxied.get("lamp").pending, "the last report", 60)
    assert device.commands() == wanted
    assert proxied.get("lamp").version == BURST
