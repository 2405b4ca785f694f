"""Lists in pages: all of it, each once, whatever happens meanwhile."""

import pytest


def read_on(editor, path, **query):
    """All pages of a list."""
    pages = [editor.get(path, **query).json()]
    while pages[-1]["next"]:
        pages.append(editor.get(path, cursor=pages[-1]["next"], **query).json())
    return pages


@pytest.fixture
def articles(editor):
    return [
        editor.post("/snapshots", {"content": f"Story number {number}", "source": ("north", "south")[number % 2]}).json()[
            "article"
        ]
        for number in range(7)
    ]


def test_pages_have_everything_once_newest_first(editor, articles) -> None:
    pages = read_on(editor, "/articles", limit=3)
    assert [[item["id"] for item in page["items"]] for page in pages] == [articles[:3:-1], articles[3:0:-1], articles[:1]]


def test_page_that_is_just_full_is_the_last(editor, articles) -> None:
    assert editor.get("/articles", limit=7).json()["next"] is None


def test_rows_that_come_meanwhile_neither_repeat_nor_hide_any(editor, articles) -> None:
    first = editor.get("/articles", limit=3).json()
    editor.post("/snapshots", {"content": "Late story"})
    second = editor.get("/articles", limit=10, cursor=first["next"]).json()
    assert [item["id"] for item in first["items"] + second["items"]] == articles[::-1]


def test_count_is_exact_or_not_said(editor, articles) -> None:
    assert [page["count"] for page in read_on(editor, "/articles", limit=4)] == [None, None]
    assert editor.get("/articles").json()["count"] == 7


def test_artifacts_are_paged_in_the_order_of_reading(editor, article) -> None:
    whole = editor.get(f"/articles/{article}/artifacts").json()
    pages = read_on(editor, f"/articles/{article}/artifacts", limit=2)
    assert [item for page in pages for item in page["items"]] == whole["items"]
    assert [page["count"] for page in pages] == [whole["count"]] * len(pages)
    starts = [item["spans"][0]["start"] for item in whole["items"]]
    assert starts == sorted(starts)


def test_artifact_that_is_added_meanwhile_hides_none(editor, article) -> None:
    whole = editor.get(f"/articles/{article}/artifacts").json()["items"]
    first = editor.get(f"/articles/{article}/artifacts", limit=2).json()
    block = {
        "kind": "boilerplate",
        "data": {"reason": "other", "rule": "by hand"},
        "spans": [{"start": 0, "end": 17, "role": "block"}],
    }
    editor.post(f"/articles/{article}/artifacts", block)
    rest = editor.get(f"/articles/{article}/artifacts", cursor=first["next"]).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [item["id"] for item in whole]


def test_decision_that_is_made_meanwhile_repeats_and_hides_none(editor, article) -> None:
    whole = editor.get(f"/articles/{article}/artifacts", kind="quote").json()["items"]
    first = editor.get(f"/articles/{article}/artifacts", kind="quote", limit=1).json()
    span = {name: whole[0]["spans"][0][name] for name in ("start", "end", "role")}
    correction = {"data": whole[0]["data"], "spans": [span | {"end": span["end"] - 1}]}  # without the comma
    for each, body in zip(whole, ({"verdict": "correct", "correction": correction}, {"verdict": "accept"}), strict=True):
        assert editor.post(f"/artifacts/{each['id']}/decisions", body).status_code == 201
    rest = editor.get(f"/articles/{article}/artifacts", kind="quote", cursor=first["next"]).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [item["id"] for item in whole]


def test_cursor_belongs_to_its_list(editor, articles) -> None:
    cursor = editor.get("/articles", limit=3, source="north").json()["next"]
    assert editor.get("/articles", cursor=cursor, source="north").status_code == 200
    assert editor.get("/articles", cursor=cursor, source="south").status_code == 422
    assert editor.get("/articles", cursor=cursor).status_code == 422
    assert editor.get("/exports", cursor=cursor).status_code == 422


def test_forged_cursor_is_refused(editor, articles) -> None:
    cursor = editor.get("/articles", limit=3).json()["next"]
    answers = [
        editor.get("/articles", cursor=forged).status_code for forged in (cursor[:-1], "A" + cursor, cursor[::-1], "é", ":")
    ]
    assert answers == [422] * 5


def test_articles_are_filtered_by_source_state_and_words(editor, articles, work) -> None:
    work()
    editor.post("/snapshots", {"content": "A late one", "url": "https://news.example/harbour_100%"})
    found = {
        "source": len(editor.get("/articles", source="north").json()["items"]),
        "state": len(editor.get("/articles", state="queued").json()["items"]),
        "processed": len(editor.get("/articles", state="processed").json()["items"]),
        "title": len(editor.get("/articles", q="NUMBER 3").json()["items"]),
        "address": len(editor.get("/articles", q="harbour_100%").json()["items"]),
        "wildcard": len(editor.get("/articles", q="h_r").json()["items"]),
    }
    assert found == {"source": 4, "state": 1, "processed": 7, "title": 1, "address": 1, "wildcard": 0}


def test_runs_are_filtered_by_whether_they_hold(editor, article) -> None:
    assert len(editor.get(f"/articles/{article}/runs", current=True).json()["items"]) == 2
    assert editor.get(f"/articles/{article}/runs", current=False).json()["items"] == []


@pytest.mark.parametrize(
    "path", ["/articles", "/articles/{}/artifacts", "/articles/{}/decisions", "/articles/{}/runs", "/exports"]
)
def test_list_takes_as_many_queries_for_many_items_as_for_few(
    editor, submit, quote, path, django_assert_max_num_queries
) -> None:
    for number in range(9):
        submit(f"Story number {number}\n\nSome words.")
        editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept"})
        editor.post("/exports", {"exporter": "test-bodies"})
    with django_assert_max_num_queries(8):
        answer = editor.get(path.format(quote["article"]))
    assert len(answer.json()["items"]) >= 2
