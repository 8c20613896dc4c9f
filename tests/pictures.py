"""Takes the screenshots of docs/ and of the README from a fresh demo: `python -m tests.pictures
http://127.0.0.1:8000`.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PASSWORD = "words-and-ground"
ARGS = ["--no-sandbox", "--disable-gpu"]
WIDE, PHONE = {"width": 1180, "height": 1000}, {"width": 390, "height": 844}
COLOURS = 96  # of a picture as it is kept: enough for letters and two hues, and a third of the bytes
READERS = {  # the pages of docs/reading.md, each in both languages and on both widths
    "home": "/",
    "list": "/claims/",
    "claim": "/claims/humanitarian-assistance-increased/",
    "statement": "/statements/blinken-2021-10-13/",
    "search": "/search/?q=aid",
    "speaker": "/speakers/antony-blinken/",
    "map": "/topics/violence/#map",
    "compare": "/compare/?speaker=antony-blinken&speaker=senior-syrian-security-official",
}


class Camera:
    def __init__(self, browser, site):
        self.browser, self.site = browser, site

    def desk(self, account):
        page = self.browser.new_page(viewport={"width": 1200, "height": 760})
        page.goto(f"{self.site}/admin/login/?next=/admin/")
        page.fill("[name=username]", account)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        return page

    def take(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        path = IMAGES / f"{name}.png"
        page.screenshot(path=path)
        Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)

    def readers(self) -> None:
        for language in ("en", "ar"):
            for width, size in (("wide", WIDE), ("phone", PHONE)):
                page = self.browser.new_page(viewport=size, reduced_motion="reduce")
                for name, address in READERS.items():
                    page.goto(f"{self.site}/{language}{address}")
                    self.take(page, f"{name}-{language}-{width}")
                page.close()


def main(site):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        camera = Camera(browser, site)
        camera.readers()
        publisher = camera.desk("publisher")
        camera.take(publisher, "desk-first")
        publisher.click("#desk-proposals a")
        camera.take(publisher, "proposal")
        publisher.goto(f"{site}/admin/")
        publisher.click("#desk-to_grade a")
        publisher.locator("#links-group").evaluate("each => each.scrollIntoView()")
        camera.take(publisher, "blind")
        conflict(camera)
        editor = camera.desk("editor")
        editor.goto(f"{site}/admin/claims/claim/4/change/")
        camera.take(editor, "desk")


def conflict(camera):
    """Two save the demo's one report in review: of a published one, each would have to say why it should change."""
    first, second = camera.desk("editor"), camera.desk("reviewer")
    for page in (first, second):
        page.goto(f"{camera.site}/admin/claims/evidence/?status__exact=in_review")
        page.click("#result_list tbody th a")
    for page, words in ((first, "Issued by the Treasury."), (second, "In force at once.")):
        page.fill("#id_detail", words)
        page.click("input[name=_continue]")
    camera.take(second, "conflict")


if __name__ == "__main__":
    main(sys.argv[1])
