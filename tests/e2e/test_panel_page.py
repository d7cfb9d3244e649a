"""The web panel as a page: signing in and out, on a phone, several tabs in different roles, its reconnects."""

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from selenium.webdriver.common.by import By

from world.broker import PASSWORDS
from world.panel import Panel
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


@pytest.fixture(name="house")
def _house(mqtt_side):
    return mqtt_side.up()


def test_a_person_signs_in_and_out(house, browser):
    browser.get(f"http://127.0.0.1:{house.broker.web_port}/?base={house.base}&role=controller")
    browser.find_element(By.ID, "user").send_keys("device")
    browser.find_element(By.ID, "password").send_keys(PASSWORDS["device"])

    browser.find_element(By.ID, "connect").click()

    boxes = browser.find_element(By.ID, "boxes")
    eventually(lambda: "lamp" in boxes.text, lambda: browser.find_element(By.ID, "status").text)
    assert not browser.find_element(By.ID, "login").is_displayed()
    assert PASSWORDS["device"] not in browser.current_url
    browser.find_element(By.ID, "leave").click()
    eventually(lambda: not browser.find_elements(By.ID, "box-lamp"), "nothing is shown any more")
    assert browser.find_element(By.ID, "password").get_attribute("value") == ""


def test_it_fits_a_phone(house, browser):
    house.create("long", title="A lamp with a title that is far too long for the width of one telephone " + "x" * 40)
    size = {"width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    panel = Panel(browser, house, PASSWORDS["device"], "controller")
    for name in ("lamp", "long"):
        box = panel.element(f"box-{name}").rect
        # A finger's width (WCAG 2.2, 2.5.8).
        assert min(box["width"], box["height"]) >= 24
        assert 0 <= box["x"] and box["x"] + box["width"] <= 360
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360


def test_one_tab_is_the_device_and_another_controls_it(house, browser):
    Panel(browser, house, PASSWORDS["device"], "device").element("box-lamp")
    device_tab = browser.current_window_handle
    online = checkbox.DEVICE_AVAILABILITY_ONLINE
    eventually(lambda: house.get("lamp").availability == online, "the lamp is there")
    browser.switch_to.new_window("tab")
    controller = Panel(browser, house, PASSWORDS["device"], "controller")
    box = controller.element("box-lamp")
    witness = house.witness()

    box.click()

    eventually(lambda: house.get("lamp").reported == ON, "the other tab has done it")
    eventually(box.is_selected, "it is shown")
    box.click()
    eventually(lambda: house.get("lamp").reported == OFF, "the other tab has done it")
    topic = f"{house.base}/checkbox/lamp"
    assert [m[1] for m in witness.messages(f"{topic}/command")] == ["ON", "OFF"]
    # The controlling tab reports nothing: each command has one report.
    assert len(witness.messages(f"{topic}/report")) == 2
    assert house.get("lamp").version == 2
    browser.switch_to.window(device_tab)
    assert not browser.find_element(By.ID, "box-lamp").is_selected()


def test_a_controller_shows_after_a_reconnect_what_happened_meanwhile(house, browser):
    panel = Panel(browser, house, PASSWORDS["device"], "controller")
    box = panel.element("box-lamp")
    assert not box.is_selected()

    house.broker.process.kill()
    eventually(lambda: "trying again" in panel.status(), panel.status)
    house.broker.start()
    device = house.device()
    house.wait_ready()
    house.set("lamp", checkbox.CHECKBOX_ACTION_ON)

    eventually(lambda: "connected to" in panel.status(), panel.status)
    eventually(box.is_selected, "it shows what happened")
    box.click()
    eventually(lambda: device.commands()[-1:] == ["OFF"], "it controls again")
