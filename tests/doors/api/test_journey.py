"""What a client does, in the order in which it does it, knowing only what the API told it."""

import hashlib


def test_from_submission_to_export(editor, work) -> None:
    story = "Harbour to reopen\n\n“We open on Monday,” said Ana Ruiz.\n\nRead also: ten ports\n"

    submitted = editor.post("/snapshots", {"content": story, "url": "https://news.example/harbour", "source": "Example Wire"})
    assert submitted.status_code == 202
    assert submitted.json()["state"] == "queued"
    outcome = submitted["Location"].removeprefix("/api/v1")
    assert editor.get(outcome)["Retry-After"] == "1"

    work()
    snapshot = editor.get(outcome).json()
    assert snapshot["state"] == "processed"
    assert [run["outcome"] for run in snapshot["runs"]] == ["done", "done"]

    article = editor.get(f"/articles/{snapshot['article']}").json()
    assert article["body"] == "“We open on Monday,” said Ana Ruiz."
    assert article["counts"] == {"boilerplate": 1, "paragraph": 3, "quote": 1}

    quote = editor.get(f"/articles/{article['id']}/artifacts", kind="quote").json()["items"][0]
    assert quote["spans"] == [{"start": 20, "end": 38, "role": "content", "text": "We open on Monday,"}]
    assert article["text"][20:38] == "We open on Monday,"

    rejected = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "reject", "note": "Not said."})
    assert rejected.status_code == 201, rejected.content
    assert editor.get(f"/articles/{article['id']}/artifacts", kind="quote").json()["items"] == []
    assert editor.get(f"/artifacts/{quote['id']}").json()["decision"]["editor"] == "editor"

    withdrawn = editor.post(f"/decisions/{rejected.json()['uuid']}/withdrawal")
    assert withdrawn.status_code == 201
    assert editor.get(f"/artifacts/{quote['id']}").json()["verdict"] is None

    export = editor.post("/exports", {"exporter": "test-bodies"})
    assert export.status_code == 201
    file = editor.get(export["Location"].removeprefix("/api/v1") + "/file")
    content = b"".join(file.streaming_content)
    assert content.decode() == "'“We open on Monday,” said Ana Ruiz.'\n"
    assert hashlib.sha256(content).hexdigest() == export.json()["sha256"]
