"""The web panel in headless Chromium."""

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from world.waiting import eventually


def open_browser(folder):
    """A Chromium that keeps what it knows in FOLDER."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
        f"--user-data-dir={folder}",
    ):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


class Panel:
    """The page, as a person sees it."""

    def __init__(self, browser, stack, password, role="device"):
        self._browser = browser
        browser.get(
            f"http://127.0.0.1:{stack.broker.web_port}/?base={stack.base}&role={role}"
            f"#user=device&password={password}"
        )

    def element(self, identifier):
        """The element, once it is there."""
        return eventually(
            lambda: next(iter(self._browser.find_elements(By.ID, identifier)), None),
            lambda: f"#{identifier} in {self.status()}",
        )

    def status(self):
        """What the page says about its connection."""
        return self._browser.find_element(By.ID, "status").text

    def address(self):
        """What the address line shows."""
        return self._browser.current_url
