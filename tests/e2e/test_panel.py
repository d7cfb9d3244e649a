"""The web panel in headless Chromium: its checkbox is the lamp."""

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from world.waiting import eventually
