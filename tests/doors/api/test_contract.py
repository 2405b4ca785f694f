"""The contract is a file, so that a change of it is seen. After a change that was meant, bring the file up to date:

NEWSDESK_TEST_UPDATE_CONTRACT=1 .venv/bin/python -m pytest tests/doors/api/test_contract.py
"""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from newsdesk.api.api import api
from newsdesk.api.examples import ANSWERS

FILE = Path(__file__).parents[1] / "openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    made = json.loads(json.dumps(api.get_openapi_schema()))
    if os.environ.get("NEWSDESK_TEST_UPDATE_CONTRACT"):
        FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> dict[str, Any]:
    return {operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()}


def test_contract_is_the_committed_one(document) -> None:
    assert document == json.loads(FILE.read_text(encoding="utf-8")), "see the top of this file"


def test_every_operation_tells_what_it_is_for(operations) -> None:
    assert [name for name, each in operations.items() if not (each["summary"] and each["description"])] == []


def test_every_operation_has_an_example(operations) -> None:
    assert set(ANSWERS) == set(operations)


def test_every_operation_declares_its_errors(operations) -> None:
    always = {"400", "401", "403", "422", "500", "503"}
    assert [name for name, each in operations.items() if not always <= set(each["responses"])] == []


def test_every_operation_needs_a_key_or_a_session(operations) -> None:
    assert [name for name, each in operations.items() if each["security"] != [{"Key": []}, {"Session": []}]] == []


def test_examples_of_answers_are_of_their_schemas(document, operations) -> None:
    wrong = [
        (name, error.message)
        for name, operation in operations.items()
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
        for example in content["examples"].values()
        for error in jsonschema.Draft202012Validator({**document, **content["schema"]}).iter_errors(example["value"])
    ]
    assert wrong == []


def test_examples_of_requests_are_of_their_schemas(document) -> None:
    wrong = [
        (name, error.message)
        for name, schema in document["components"]["schemas"].items()
        for example in schema.get("examples", [])
        for error in jsonschema.Draft202012Validator({**document, **schema}).iter_errors(example)
    ]
    assert wrong == []


def test_examples_of_problems_are_of_their_schema(document) -> None:
    problem = jsonschema.Draft202012Validator({**document, "$ref": "#/components/schemas/Problem"})
    wrong = [
        error.message
        for response in document["components"]["responses"].values()
        for example in response["content"]["application/problem+json"]["examples"].values()
        for error in problem.iter_errors(example["value"])
    ]
    assert wrong == []
