"""Whatever a client sends, it learns what is wrong and where; nothing yields a 500."""

import pytest
from django.db import OperationalError

SNAPSHOTS = "/snapshots"
BODIES = {
    "nothing": (b" ", "line 1, column 2"),
    "cut off": (b'{"content": "a', "line 1, column 13"),
    "no object": (b'["content"]', "line 1, column 1"),
    "number": (b"1", "line 1, column 1"),
    "trailing comma": (b'{\n "content": "a",\n}', "line 3, column 1"),
    "comment": (b'{"content": "a" /* b */}', "line 1, column 17"),
    "two objects": (b'{"content": "a"}{}', "line 1, column 17"),
    "same name twice": (b'{"content": "a",\n"content": "b"}', "line 2, column 1:"),
    "same name twice, escaped": (b'{"content": "a", "c\\u006fntent": "b"}', "line 1, column 18:"),
    "same name twice, deep": (b'{"a": [{"b": 1, "b": 2}]}', "line 1, column 17:"),
    "NaN": (b'{"content": NaN}', "line 1, column 13"),
    "Infinity": (b'{"content": -Infinity}', "line 1, column 13"),
    "1e400": (b'{"content": 1e400}', "line 1, column 13"),
    "5,000 digits": (b'{"content": ' + b"1" * 5000 + b"}", "line 1, column 13"),
    "deep arrays": (b'{"content": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line 1, column 44"),
    "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "line 1, column 161"),
    "NUL": (b'{"content": "a\\u0000b"}', "line 1, column 13: character 2 of this string is NUL"),
    "raw NUL": (b'{"content": "a\x00b"}', "line 1, column 15"),
    "raw control character": (b'{"content": "a\x07b"}', "line 1, column 15"),
    "lone surrogate": (b'{"content": "ab\\ud800"}', "line 1, column 13: character 3 of this string is a lone surrogate"),
    "surrogate in a name": (b'{"\\udfff": 1}', "line 1, column 2"),
    "bad escape": (b'{"content": "\\x"}', "line 1, column 14"),
    "short escape": (b'{"content": "\\u12"}', "line 1, column"),
    "BOM": (b'\xef\xbb\xbf{"content": "a"}', "line 1, column 1"),
    "UTF-16": ('{"content": "a"}'.encode("utf-16"), "line 1, column 1: byte 1 is not UTF-8"),
    "Latin-1": ('{"content": "é"}'.encode("latin-1"), "line 1, column 14: byte 14 is not UTF-8"),
    "no JSON at all": (b"<html>", "line 1, column 1"),
    "many values": (b'{"content": [' + b"1," * 200_000 + b"1]}", "200,000"),
}


@pytest.mark.parametrize("name", BODIES)
def test_body_that_is_no_strict_json_is_refused_with_its_place(editor, name) -> None:
    body, place = BODIES[name]
    answer = editor.send(SNAPSHOTS, body)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:newsdesk:problem:malformed-json")
    assert place in answer.json()["detail"]


def test_place_is_given_as_numbers_too(editor) -> None:
    error = editor.send(SNAPSHOTS, b'{\n "content": NaN}').json()["errors"][0]
    assert (error["line"], error["column"]) == (2, 13)


@pytest.mark.parametrize(
    "body",
    [
        {"content": "😀 \U0010ffff words"},
        {"content": "\u202e\u200b words"},
        {"content": "e\u0301 words"},
        {"content": "x" * 10**6},
    ],
)
def test_text_that_is_merely_unusual_is_taken(editor, body) -> None:
    assert editor.post(SNAPSHOTS, body).status_code == 202


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "",
    ],
)
def test_body_of_another_type_is_refused(editor, content_type) -> None:
    answer = editor.send(SNAPSHOTS, b'{"content": "Some words"}', content_type)
    assert (answer.status_code, answer["Accept"]) == (415, "application/json")


def test_body_without_a_length_is_refused(editor) -> None:
    assert editor.send(SNAPSHOTS, b'{"content": "Some words"}', Transfer_Encoding="chunked").status_code == 411


@pytest.mark.parametrize("path", [SNAPSHOTS, "/exports", "/artifacts/1/decisions", "/articles/1/artifacts"])
def test_body_that_is_missing_is_missed(editor, path) -> None:
    answer = editor.post(path)
    assert (answer.status_code, answer.json()["detail"]) == (400, "there is no body; send one JSON object")


def test_compressed_body_is_refused(editor) -> None:
    assert editor.send(SNAPSHOTS, b"\x1f\x8b...", Content_Encoding="gzip").status_code == 415


def test_body_over_the_limit_is_refused_before_it_is_read(editor, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = editor.send(SNAPSHOTS, b"{" * 1001)
    assert (answer.status_code, answer.json()["detail"]) == (413, "the body has 1,001 bytes; the limit is 1,000")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=abc",
        "limit=1e400",
        "limit=NaN",
        f"limit={10**30}",
        "limit=" + "9" * 5000,
        "limit=",
        "limit=1&limit=2",
        "cursor=made-up",
        "cursor=" + "x" * 501,
        "cursor=%00",
        "state=done",
        "state=null",
        "q=%00",
        "q=" + "x" * 201,
        "source=%00",
        "order=source__password",
        "source__slug__startswith=a",
        "%00=1",
        "=1",
    ],
)
def test_parameters_that_break_a_rule_are_refused(editor, query) -> None:
    answer = editor.request("GET", f"/articles?{query}")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:newsdesk:problem:invalid")


@pytest.mark.parametrize(
    "query", ["q=%ff", "q=%ed%a0%80", "q='%3B--", "q=%25_%5C", "q=" + "%F0%9F%98%80" * 50, "source=no-such"]
)
def test_strange_words_find_nothing(editor, query) -> None:
    answer = editor.request("GET", f"/articles?{query}")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_too_many_parameters_are_refused(editor) -> None:
    assert editor.request("GET", "/articles?" + "&".join(f"a{n}=1" for n in range(2000))).status_code == 400


@pytest.mark.parametrize(
    "number", ["0", "-1", str(2**63), str(10**30), "9" * 5000, "abc", "1.5", "%00", "%ff", "NaN", "1%00", "null", "١" * 30]
)
@pytest.mark.parametrize(
    "path",
    ["/articles/{}", "/articles/{}/artifacts", "/articles/{}/runs", "/articles/{}/decisions", "/artifacts/{}", "/snapshots/{}"],
)
def test_number_that_none_can_have_is_refused(editor, path, number) -> None:
    assert editor.request("GET", path.format(number)).status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/articles/{}", "/articles/{}/artifacts", "/articles/{}/runs", "/articles/{}/decisions", "/artifacts/{}", "/snapshots/{}"],
)
def test_what_is_not_there_is_not_found(editor, path) -> None:
    answer = editor.get(path.format(2**63 - 1))
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:newsdesk:problem:not-found")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/artifacts/{2**63 - 1}/decisions", {"verdict": "accept"}),
        (f"/articles/{2**63 - 1}/artifacts", {"kind": "person", "data": {"name": "A"}, "spans": []}),
        (f"/articles/{2**63 - 1}/reprocess", None),
        ("/decisions/6f1c7f3e-9f0e-4d7a-8c3b-2b1f4f5d6e70/withdrawal", None),
    ],
)
def test_what_is_not_there_cannot_be_changed(editor, path, body) -> None:
    assert editor.post(path, body).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/articles/", "/articles/1/", "/articles//", "/../ready", "/articles/1/%2e%2e", "/x/%ff"]
)
def test_unknown_address_is_answered_as_every_error_is(editor, path) -> None:
    answer = editor.request("GET", path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "BREW"])
@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/articles", "GET"), ("/snapshots", "POST"), ("/articles/1/artifacts", "GET, POST"), ("/articles/1", "GET")],
)
def test_other_methods_are_refused_with_those_that_are_taken(editor, method, path, allowed) -> None:
    answer = editor.request(method, path)
    assert (answer.status_code, sorted(answer["Allow"].split(", "))) == (405, allowed.split(", "))


@pytest.mark.parametrize(
    "value",
    [2**70, 1.5e308, "x" * 1_000_001, {"a": {"b": [[[[]]]]}}, "\u202e", "a\u0301", "\ufeff", True, None, [], {"": 1}],
    ids=lambda value: repr(value)[:20],
)
def test_finding_with_strange_data_is_taken_or_refused(editor, article, value) -> None:
    body = {"kind": "person", "data": {"name": "Ana", "extra": value}, "spans": [{"start": 0, "end": 7, "role": "mention"}]}
    assert editor.post(f"/articles/{article}/artifacts", body).status_code in (201, 422)


@pytest.mark.parametrize("kind", ["text", "paragraph", "no-such", "", None, 7, ["person"]])
def test_finding_of_another_kind_is_refused(editor, article, kind) -> None:
    answer = editor.post(f"/articles/{article}/artifacts", {"kind": kind, "data": {}, "spans": []})
    assert answer.status_code == 422


@pytest.mark.parametrize("exporter", ["no-such", "", "../jsonl", "x" * 51, None, ["jsonl"], {}])
def test_exporter_that_is_not_installed_is_refused(editor, exporter) -> None:
    assert editor.post("/exports", {"exporter": exporter}).status_code == 422


def test_file_that_was_removed_is_not_found(editor, settings) -> None:
    export = editor.post("/exports", {"exporter": "test-bodies"}).json()
    (settings.MEDIA_ROOT / export["name"]).unlink()
    assert editor.get(f"/exports/{export['id']}/file").status_code == 404


def test_database_that_does_not_answer_is_said_to_be_down(editor, monkeypatch) -> None:
    def down(_: str) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("newsdesk.api.auth.authenticate", down)
    answer = editor.get("/articles")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "closed" not in answer.content.decode()


def test_our_own_fault_is_logged_and_tells_nothing(editor, monkeypatch, caplog) -> None:
    def broken(**_: str) -> None:
        raise RuntimeError("secret inner workings")

    monkeypatch.setattr("newsdesk.processing.queries.articles", broken)
    answer = editor.get("/articles")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()
    assert "secret inner workings" in caplog.text


def test_problem_has_all_that_it_promises(editor) -> None:
    assert editor.request("GET", "/articles?limit=0").json() == {
        "type": "urn:newsdesk:problem:invalid",
        "title": "The request breaks a rule",
        "status": 422,
        "detail": "limit: Input should be greater than or equal to 1",
        "instance": "/api/v1/articles",
        "remedy": "Mend the fields in `errors` and send it again.",
        "errors": [{"field": "limit", "location": "query", "message": "Input should be greater than or equal to 1"}],
    }


def test_honest_body_of_a_large_size_is_taken(editor) -> None:
    assert editor.post(SNAPSHOTS, {"content": 'Größe 😀 \\ " zählt\n' * 400_000}).status_code == 202
