"""The web panel in headless Chromium, served by the broker: its checkbox is the lamp."""

import json

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

from world.broker import PASSWORDS, Broker
from world.panel import Panel
from world.stack import Stack
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


def test_the_box_follows_the_chat_and_its_report_is_the_confirmation(small_house, browser):
    person, witness = small_house.person_online(), small_house.witness()
    panel = Panel(browser, small_house, PASSWORDS["device"])
    box = panel.element("box-lamp")
    assert not box.is_selected()
    # The panel is there when it says so on the broker, not before.
    witness.wait(f"{small_house.base}/checkbox/lamp/availability", lambda p: p == "online")

    person.ask(small_house.bot, "lamp on", "lamp is on")

    assert box.is_selected()
    report = witness.wait(f"{small_house.base}/checkbox/lamp/report")[0][1]
    assert json.loads(report)["state"] == "ON"
    assert small_house.get("lamp").reported == ON
    person.ask(small_house.bot, "lamp off", "lamp is off")
    assert not box.is_selected()


def test_a_click_is_a_report_of_the_device(small_house, browser):
    person, witness = small_house.person_online(), small_house.witness()
    box = Panel(browser, small_house, PASSWORDS["device"]).element("box-lamp")
    witness.wait(f"{small_house.base}/checkbox/lamp/availability", lambda p: p == "online")

    box.click()

    eventually(lambda: small_house.get("lamp").reported == ON, "the service has heard the click")
    person.ask(small_house.bot, "lamp?", "lamp is on")
    assert witness.messages(f"{small_house.base}/checkbox/lamp/command") == []


def test_the_service_sees_the_page_go(small_house, browser):
    box = Panel(browser, small_house, PASSWORDS["device"]).element("box-lamp")
    assert box.is_displayed()
    online, offline = checkbox.DEVICE_AVAILABILITY_ONLINE, checkbox.DEVICE_AVAILABILITY_OFFLINE
    eventually(lambda: small_house.get("lamp").availability == online, "the lamp is there")

    browser.quit()

    eventually(lambda: small_house.get("lamp").availability == offline, "the lamp is gone")


def test_a_wrong_password_is_told_and_not_shown(small_house, browser):
    panel = Panel(browser, small_house, "wrong-word")

    eventually(lambda: "refuses" in panel.status(), panel.status)

    assert "wrong-word" not in panel.address()


def test_a_page_that_is_left_is_gone_at_once(small_house, browser):
    Panel(browser, small_house, PASSWORDS["device"]).element("box-lamp")
    online, offline = checkbox.DEVICE_AVAILABILITY_ONLINE, checkbox.DEVICE_AVAILABILITY_OFFLINE
    eventually(lambda: small_house.get("lamp").availability == online, "the lamp is there")

    browser.get("about:blank")

    # Far less than the 25 s after which the broker would miss the page's pings.
    eventually(lambda: small_house.get("lamp").availability == offline, "the lamp is gone", 5)


def test_it_is_operated_by_keyboard_and_says_what_it_is(small_house, browser):
    box = Panel(browser, small_house, PASSWORDS["device"]).element("box-lamp")
    eventually(lambda: "reported" in browser.find_element(By.ID, "detail-lamp").text, "the state")
    assert (box.aria_role, box.accessible_name) == ("checkbox", "lamp")
    assert browser.find_element(By.ID, "status").aria_role == "status"

    # Over the choice of what the page is, to the box.
    for _ in range(2):
        ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element == box
    ActionChains(browser).send_keys(Keys.SPACE).perform()

    eventually(lambda: small_house.get("lamp").reported == ON, "the service has heard the key")
    spoken = browser.find_element(By.ID, "spoken")
    eventually(
        lambda: "lamp is on" in spoken.get_attribute("textContent"), "it is said to who cannot see"
    )


def test_it_is_dark_where_the_person_wants_it_dark(small_house, browser):
    panel = Panel(browser, small_house, PASSWORDS["device"])
    panel.element("box-lamp")

    def brightness(scheme):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        return [
            sum(
                browser.execute_script(
                    "return getComputedStyle(document.body)[arguments[0]].match(/[0-9]+/g)"
                    ".slice(0, 3).map(Number)",
                    part,
                )
            )
            for part in ("backgroundColor", "color")
        ]

    background, text = brightness("light")
    assert background > text + 300
    background, text = brightness("dark")
    assert text > background + 300


@pytest.fixture(name="lone_house")
def _lone_house(tmp_path, authority, one_server):
    broker = Broker(tmp_path / "broker", authority)
    broker.start()
    stack = Stack(tmp_path, authority, one_server, broker).up()
    yield stack
    stack.close()
    broker.stop()


def test_it_comes_back_with_the_broker_and_obeys_again(lone_house, browser):
    panel = Panel(browser, lone_house, PASSWORDS["device"])
    box = panel.element("box-lamp")
    eventually(lambda: "connected to" in panel.status(), panel.status)

    lone_house.broker.stop()
    eventually(lambda: "trying again" in panel.status(), panel.status)
    lone_house.broker.start()

    eventually(lambda: "connected to" in panel.status(), panel.status)
    lone_house.wait_ready()
    online = checkbox.DEVICE_AVAILABILITY_ONLINE
    eventually(lambda: lone_house.get("lamp").availability == online, "the lamp is there again")
    lone_house.person_online().ask(lone_house.bot, "lamp on", "lamp is on")
    eventually(box.is_selected, "the box is on")


def test_as_a_controller_it_shows_only_what_the_device_has_done(small_house, browser):
    device = small_house.device()
    device.silent = True
    box = Panel(browser, small_house, PASSWORDS["device"], "controller").element("box-lamp")
    eventually(lambda: "controls" in browser.find_element(By.ID, "role").text, "it says what it is")

    box.click()

    eventually(lambda: device.commands() == ["ON"], "the command")
    detail = browser.find_element(By.ID, "detail-lamp")
    eventually(lambda: "wanted on (waiting" in detail.text, lambda: detail.text)
    assert not box.is_selected()
    device.report("ON")
    eventually(box.is_selected, "the device has done it")
    change = small_house.get("lamp").last_change
    assert small_house.get("lamp").reported == ON
    assert (change.source, change.actor) == (checkbox.CHANGE_SOURCE_PANEL, "device")


def test_it_tells_what_happened_and_whether_the_device_is_there(small_house, browser):
    device = small_house.device()
    small_house.broker.publish(f"{small_house.base}/checkbox/lamp/availability", "online", "-r")
    box = Panel(browser, small_house, PASSWORDS["device"], "controller").element("box-lamp")
    detail = browser.find_element(By.ID, "detail-lamp")
    eventually(lambda: "device online" in detail.text, lambda: detail.text)

    browser.find_element(By.CSS_SELECTOR, "#history-lamp summary").click()
    lines = browser.find_element(By.ID, "lines-lamp")
    eventually(lambda: "created" in lines.text, lambda: lines.text)
    box.click()

    eventually(lambda: device.commands() == ["ON"], "the command")
    eventually(lambda: "on wanted, by panel:device" in lines.text, lambda: lines.text)
    eventually(lambda: "on reported" in lines.text, lambda: lines.text)


def test_a_change_of_the_role_is_kept_and_ends_the_devices(small_house, browser):
    panel = Panel(browser, small_house, PASSWORDS["device"])
    panel.element("box-lamp")
    online, offline = checkbox.DEVICE_AVAILABILITY_ONLINE, checkbox.DEVICE_AVAILABILITY_OFFLINE
    eventually(lambda: small_house.get("lamp").availability == online, "the lamp is there")

    panel.element("role-controller").click()

    eventually(lambda: small_house.get("lamp").availability == offline, "the lamp is gone")
    browser.get(panel.address().replace("&role=device", ""))
    assert browser.find_element(By.ID, "role-controller").is_selected()


def test_what_the_service_refuses_is_told(small_house, browser):
    panel = Panel(browser, small_house, PASSWORDS["device"], "controller")
    box = panel.element("box-lamp")
    small_house.mqttd.stop()

    box.click()

    problem = browser.find_element(By.ID, "problem-lamp")
    eventually(lambda: "no answer from chatwire-mqttd" in problem.text, lambda: problem.text)
    assert not box.is_selected()


def test_two_tabs_stay_connected(small_house, browser):
    panel = Panel(browser, small_house, PASSWORDS["device"])
    panel.element("box-lamp")
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    other = Panel(browser, small_house, PASSWORDS["device"])
    box = other.element("box-lamp")
    person = small_house.person_online()

    person.ask(small_house.bot, "lamp on", "lamp is on")

    eventually(box.is_selected, "the second tab obeys")
    browser.switch_to.window(first)
    eventually(panel.element("box-lamp").is_selected, "and so does the first")
    assert "connected to" in panel.status()
    assert small_house.get("lamp").version == 1
