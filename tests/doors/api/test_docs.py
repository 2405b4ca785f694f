"""The contract's page: for whoever may read, from our own machine alone, under the strict policy."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_page_and_contract_are_for_keys_and_sessions(program, person, path) -> None:
    assert program("read", "viewer").get(path).status_code == 200
    client = Client()
    client.force_login(person("viewer", "reader"))
    assert client.get(f"/api/v1{path}").status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_page_and_contract_are_not_for_people_without_a_role(program, path) -> None:
    assert program("admin", None).get(path).status_code == 403


def test_browser_of_nobody_is_sent_to_log_in(nobody) -> None:
    answer = nobody.get("/docs")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/api/v1/docs")


def test_program_of_nobody_is_told_to_bring_a_key(nobody) -> None:
    assert nobody.get("/openapi.json").status_code == 401


def test_page_refers_to_no_other_machine(program) -> None:
    page = program("read", "viewer").get("/docs").content.decode()
    assert "http" not in page.replace('"application/json"', "")


def test_page_works_in_a_browser_without_breaking_the_policy(site, browser, person, settings) -> None:
    client = Client()
    client.force_login(person("editor"))
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    messages, foreign = [], []
    with browser.new_context() as context:
        context.add_cookies([session | {"url": site}])
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: foreign.append(request.url) if site not in request.url else None)
        page.goto(f"{site}/api/v1/docs")
        page.click("#operations-Snapshots-snapshots_create .opblock-summary-control")
        page.click("text=Try it out")
        page.click("button.execute")
        status = page.inner_text(".live-responses-table tbody .response-col_status")
    assert (status.split()[0], messages, foreign) == ("202", [], [])


def test_probes_need_no_key(db) -> None:
    assert [Client().get(path).status_code for path in ("/live", "/ready")] == [200, 200]
