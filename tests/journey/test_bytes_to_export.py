"""The whole way once: files come in, a worker processes them, an export leaves. Read this first."""

import json

from tests.installation import SEEDS, Site


def test_seeds_go_from_files_to_exported_quotes(site: Site) -> None:
    site.start_worker()
    site.manage("receive", str(SEEDS / "000_75d4010400c08e55.txt"))
    site.wait_until_done(1)
    exported = site.manage("export", "jsonl", "--print").stdout
    quotes = [each["data"] for each in json.loads(exported)["artifacts"] if each["kind"] == "quote"]
    assert {each["speaker"]["name"] for each in quotes if each["type"] != "indirect"} == {"Sergey Lavrov"}


def test_a_document_that_is_refused_does_not_stop_the_others(site: Site) -> None:
    (site.folder / "report.html").write_bytes(b"%PDF-1.7 ...")
    done = site.manage("receive", str(site.folder / "report.html"), str(SEEDS / "000_75d4010400c08e55.txt"), check=False)
    assert (done.returncode, done.stdout.strip()) == (1, "1 received, 0 known already, 1 refused")


def test_the_same_documents_twice_are_received_once(site: Site) -> None:
    site.manage("receive", str(SEEDS))
    assert site.manage("receive", str(SEEDS)).stdout.startswith("0 received")


def test_process_does_here_what_workers_do(site: Site) -> None:
    site.manage("receive", str(SEEDS / "000_75d4010400c08e55.txt"))
    assert site.manage("process").stdout.strip() == "1 done"
