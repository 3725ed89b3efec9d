"""Judging in a real browser, by keyboard alone; nothing of an article becomes more than text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import uvicorn

from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.schema import Coding
from dragoman.serve import app_of
from dragoman.serve.auditing import Desk
from dragoman.serve.serving import listening
from dragoman.store import Store
from handmade import article, event, span

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCRIPT = "<script>document.title = 'owned'</script>"
TEXT = f"𝔄😀 {SCRIPT} France condemned Iran. Germany then bombed a bridge."
STEPS = 5000  # ms until a step has failed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    at = TEXT.index("condemned")
    with Store(tmp_path / "events.duckdb") as store:
        for n in range(3):
            found = event(
                f"odd/{n}?#ü", at, "ACCUSE", ["FRA"], ["IRN"], trigger=span("condemned", at), evidence=[span(TEXT)], because=[SCRIPT]
            )
            store.add([(Coding(article=article(f"odd/{n}?#ü", TEXT, headline=f"No {n} {SCRIPT}"), events=[found]), TEXT)])
    with asking.opened(tmp_path / "events.duckdb") as there:
        draw(there, tmp_path / "audit.jsonl", size=3, stories=1)
    return tmp_path / "audit.jsonl"


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    with listening("127.0.0.1", 0) as listener:
        app = app_of(file.with_name("events.duckdb"), desk=Desk(file, "anna"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(STEPS)
        page = context.new_page()
        complaints: list[str] = []
        page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(f"asked {asked.url}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        finally:
            context.close()
            server.should_exit = True
            thread.join(10)
        assert complaints == []


def judged(page: Page, count: int) -> None:
    """Waits until the page says that so many are judged, and has taken the keyboard."""
    page.wait_for_selector(f".progress:has-text('{count} of 3 events')")
    if count < 3:
        page.wait_for_selector("input[name=type]:focus")


def test_all_is_judged_by_keyboard(page: Page, file: Path) -> None:
    page.goto("/audit")
    judged(page, 0)
    first, second, third = Audit(file).items
    for key in ("j", "j", "j", "w"):
        page.keyboard.press(key)
    page.keyboard.type("Germany (DEU)")  # letters in a text field are no keys
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.keyboard.press("a")
    judged(page, 1)
    page.keyboard.press("n")
    judged(page, 2)
    page.keyboard.press("z")
    judged(page, 1)
    assert second not in Audit(file).judged_by("anna")
    assert quote(second, safe="") in page.url
    page.keyboard.press("a")
    judged(page, 2)
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    judged(page, 3)
    assert page.locator("h1").inner_text() == "All events are judged"
    found = Audit(file).judged_by("anna")
    said = found[first].fields
    assert (said["actor"].verdict, said["actor"].should, said["recipient"].verdict) == ("wrong", "Germany (DEU)", "unsure")
    assert said["type"].verdict == said["status"].verdict == "right"
    assert {verdict.verdict for verdict in found[second].fields.values()} == {"right"}
    assert list(found[third].fields) == ["type"], "what nobody has judged is not judged"


def test_nothing_is_right_before_somebody_says_so(page: Page, file: Path) -> None:
    page.goto("/audit")
    judged(page, 0)
    assert page.locator("input[type=radio]:checked").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('no field is judged')")
    assert Audit(file).judgements == []


def test_who_reloads_goes_on(page: Page) -> None:
    page.goto("/audit")
    judged(page, 0)
    page.keyboard.press("a")
    judged(page, 1)
    page.goto("/audit")
    judged(page, 1)
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("text=You have judged this one")
    assert page.locator("input[value=right]:checked").count() == 8


def test_an_undo_shows_the_page_anew_and_one_can_go_back(page: Page, file: Path) -> None:
    page.goto("/audit")
    judged(page, 0)
    page.keyboard.press("a")
    judged(page, 1)
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("text=You have judged this one")
    page.keyboard.press("z")
    judged(page, 0)
    assert page.locator("input[type=radio]:checked").count() == 0
    assert Audit(file).judgements == []
    first = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != first)
    page.wait_for_selector(".audit:not([aria-busy]) input[name=type]:focus")
    second = page.url
    page.keyboard.press("a")
    judged(page, 1)
    page.go_back()
    page.wait_for_selector("text=You have judged this one")
    assert page.url == second


def test_a_correction_that_is_not_understood_is_refused(page: Page, file: Path) -> None:
    page.goto("/audit")
    judged(page, 0)
    page.keyboard.press("w")
    page.keyboard.type("HELP")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('no type HELP')")
    assert Audit(file).judgements == []


def test_words_are_marked_where_they_stand_and_stay_words(page: Page) -> None:
    page.goto("/audit")
    judged(page, 0)
    assert page.locator(".passage").inner_text() == TEXT
    assert page.locator("mark.event").inner_text() == "condemned"
    assert page.locator("mark.event.lit").count() == 1, "the field that has the keyboard lights its words"
    assert page.title() != "owned"
    assert page.locator("main script").count() == 0


def test_an_article_is_read_whole(page: Page, file: Path) -> None:
    story = next(iter(Audit(file).stories))
    page.goto(f"/audit?story={quote(story, safe='')}")
    page.wait_for_selector("input[value=right]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('Say of each event')")
    page.keyboard.press("w")
    page.evaluate(
        """() => {
            const rest = [...document.querySelector('.text').childNodes].at(-1), at = rest.data.indexOf('Germany');
            getSelection().setBaseAndExtent(rest, at, rest, rest.data.length - 1);
        }"""
    )
    page.keyboard.press("m")
    page.locator("[aria-label='Its type']").select_option("ASSAULT")
    page.locator("button:has-text('Keep')").click()
    page.wait_for_selector(".progress:has-text('1 of 1 articles')")
    (reading,) = Audit(file).readings
    assert (reading.right, len(reading.wrong)) == ([], 1)
    assert [(one.text, one.type) for one in reading.missed] == [("Germany then bombed a bridge", "ASSAULT")]


def views(file: Path) -> tuple[str, str]:
    return "/audit", f"/audit?story={quote(next(iter(Audit(file).stories)), safe='')}"


def test_no_view_is_wider_than_its_window(page: Page, file: Path) -> None:
    for address in views(file):
        page.goto(address)
        page.wait_for_selector(".keys")
        for width in (390, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found_by_axe(page: Page, file: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is tried where it is installed").Axe()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in views(file):
        page.goto(address)
        page.wait_for_selector(".keys")
        serious = [one for one in axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []
