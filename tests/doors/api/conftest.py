"""A client program with its key, and a plan of two small processors, so that no test here depends on a plugin.

Every answer that a test gets is held to the contract: its status is declared, and its body is of the declared schema.
"""

import functools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from newsdesk.access.policy import ROLES, Actor
from newsdesk.access.services import create_key
from newsdesk.api.api import api
from newsdesk.host import registry as host
from newsdesk.processing.services import process
from newsdesk.sdk import Artifact, Document, Record, Span

ADDRESS = "/api/v1"
STORY = """Harbour to reopen

“We open on Monday,” said Ana Ruiz, the harbour master.

“The cranes are tested,” said Ben Okoro.

Read also: ten ports to see this summer
"""


@dataclass(frozen=True)
class Lines:
    """Blocks of text are paragraphs; the first is the headline, and "Read also" is boilerplate."""

    name = "test-lines"
    version = "1"
    requires = ("content",)
    provides = ("text", "paragraph", "boilerplate")
    indent: int = 0

    def process(self, document: Document) -> Iterator[Artifact]:
        text = document.decoded.text
        yield Artifact("text", {"text": text})
        for number, block in enumerate(re.finditer(r"\S.*", text)):
            boilerplate = block[0].startswith("Read also")
            role = "boilerplate" if boilerplate else "headline" if number == 0 else "body"
            span = Span(block.start(), block.end(), "block")
            yield Artifact("paragraph", {"role": role}, (span,))
            if boilerplate:
                yield Artifact("boilerplate", {"reason": "promotion", "rule": "read-also"}, (span,))


@dataclass(frozen=True)
class Marks:
    """Whatever stands between quotation marks is a quote of nobody."""

    name = "test-marks"
    version = "1"
    requires = ("text",)
    provides = ("quote",)

    def process(self, document: Document) -> Iterator[Artifact]:
        if "refuse to be processed" in document.text:
            raise RuntimeError("as asked")
        for match in re.finditer("“([^”]+)”", document.text):
            span = Span(match.start(1), match.end(1), "content")
            yield Artifact("quote", {"type": "direct", "quotation": match[1], "speaker": None}, (span,), 0.9)


@dataclass(frozen=True)
class Titles:
    """Writes the body of each article, one a line."""

    name = "test-bodies"
    version = "1"
    media_type = "text/plain"
    suffix = ".txt"

    def export(self, records: Iterator[Record]) -> Iterator[bytes]:
        for record in records:
            yield f"{record.body!r}\n".encode()


@pytest.fixture(autouse=True)
def _plan(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    installed = host.registry()
    before = dict(installed.processors)
    installed.processors.clear()
    installed.processors.update({each.name: each for each in (Lines(), Marks())})
    monkeypatch.setitem(installed.exporters, Titles.name, Titles())
    host._plan.cache_clear()
    yield
    installed.processors.clear()
    installed.processors.update(before)  # in their order, which others see
    host._plan.cache_clear()


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@functools.cache
def contract() -> dict[str, Any]:
    """The contract, as it is now."""
    return dict(api.get_openapi_schema())


@functools.cache
def validator(pointer: str) -> jsonschema.Draft202012Validator:
    """Holds a value to a schema of the contract."""
    return jsonschema.Draft202012Validator({**contract(), "$ref": pointer})


def hold_to_contract(answer: Any, method: str) -> None:
    """Fail where an answer is not as the contract says."""
    path = "/" + re.sub("<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", answer.resolver_match.route)
    operation = contract()["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return
    declared = operation["responses"]
    assert str(answer.status_code) in declared, f"{method} {path} answers {answer.status_code}, which is not declared"
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        validator("#/components/schemas/Problem").validate(answer.json())
    elif answer["Content-Type"].startswith("application/json"):
        schema = declared[str(answer.status_code)]["content"]["application/json"]["schema"]["$ref"]
        validator(schema).validate(answer.json())


class Program:
    """A client: sends JSON, with its key if it has one."""

    def __init__(self, secret: str | None = None, **options: Any) -> None:
        self.http = Client(raise_request_exception=False, **options)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **query: Any) -> Any:
        return self._held("GET", self.http.get(ADDRESS + path, query, headers=self.headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        raw = b"" if body is None else json.dumps(body).encode()
        return self.send(path, raw, **headers)

    def send(self, path: str, raw: bytes, content_type: str = "application/json", **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", path, raw, content_type, **named)

    def request(self, method: str, path: str, raw: bytes = b"", content_type: str = "application/json", **headers: str) -> Any:
        answer = self.http.generic(method, ADDRESS + path, raw, content_type=content_type, headers=self.headers | headers)
        return self._held(method, answer)

    @staticmethod
    def _held(method: str, answer: Any) -> Any:
        hold_to_contract(answer, method)
        return answer


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes a person with a role."""

    def make(role: str | None, name: str | None = None) -> User:
        user = User.objects.create_user(name or (role or "nobody").replace(" ", "-"), is_staff=True)
        if role in ROLES:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        return user

    return make


@pytest.fixture
def program(person: Callable[..., User]) -> Callable[..., Program]:
    """Makes a program whose key has a scope, and whose owner has a role."""

    def make(scope: str = "write", role: str | None = "editor", name: str | None = None) -> Program:
        user = User.objects.filter(username=name or (role or "nobody").replace(" ", "-")).first() or person(role, name)
        _, secret = create_key(owner=user, name="test", scope=scope, actor=Actor.operator())
        return Program(secret)

    return make


@pytest.fixture
def editor(program: Callable[..., Program]) -> Program:
    """A program that may do what an editor may."""
    return program()


@pytest.fixture
def nobody(db: None) -> Program:
    """A program without a key."""
    return Program(None)


@pytest.fixture
def submit(editor: Program) -> Callable[..., dict[str, Any]]:
    """Submits a document and has it processed."""

    def run(content: str = STORY, **fields: Any) -> dict[str, Any]:
        answer = editor.post("/snapshots", {"content": content, **fields})
        assert answer.status_code == 202, answer.content
        snapshot = answer.json()
        process_all()
        return snapshot

    return run


def process_all() -> None:
    from newsdesk.processing.models import Job

    process(list(Job.objects.filter(state="queued").values_list("pk", flat=True)))


@pytest.fixture
def work() -> Callable[[], None]:
    """Does what a worker would do."""
    return process_all


@pytest.fixture
def article(submit: Callable[..., dict[str, Any]]) -> int:
    """The id of a processed article."""
    return int(submit()["article"])


@pytest.fixture
def quote(editor: Program, article: int) -> dict[str, Any]:
    """The first quote of a processed article."""
    return editor.get(f"/articles/{article}/artifacts", kind="quote").json()["items"][0]
