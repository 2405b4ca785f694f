"""Receive documents: the same bytes at the same address twice are the same snapshot."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from isal import isal_zlib

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.corpus.canonical import canonical_address
from newsdesk.corpus.models import Article, Content, Snapshot, Source
from newsdesk.host.registry import formats
from newsdesk.sdk import UnreadableContent, examine
from newsdesk.sdk.content import check_size, sniff

DEFAULT_SOURCE = "desk"
_LABEL = re.compile(r"[A-Za-z0-9_.:+()-]{1,40}")


@dataclass(frozen=True)
class Delivery:
    """A document at the door: what it would be stored as, known at the cost of its digest. Not yet looked into."""

    content: bytes
    sha256: str
    media_type: str
    charset: str
    source: str
    slug: str
    address: str
    name: str


@dataclass(frozen=True)
class Receipt:
    """The snapshot of what was received, and whether it is new."""

    snapshot: Snapshot
    created: bool


def receive(**document: Any) -> Receipt:
    """Store a document as it came, unless it is here already. Parameters are those of `deliver`.

    Raises ValidationError for what is no HTML or plain text, has no words, is too large, or in a doubtful encoding, and
    PermissionDenied. What a reader reads is taken as it is: what is wrong with it, its run says.
    """
    delivery = deliver(**document)
    known = recall(delivery)
    return Receipt(known, False) if known else store(delivery)


def deliver(
    *,
    content: bytes,
    actor: Actor,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    source: str = DEFAULT_SOURCE,
    name: str = "",
) -> Delivery:
    """Take a document to the door; its words are looked at in `store`. Errors are those of `receive`.

    `name` is the file's, if it has one; it is shown, never used as a path.
    """
    require(actor, Operation.SUBMIT)
    name, label = clean_name(name), _label(charset)
    with _refusing():
        check_size(content, name or "the document")
        media_type = media_type or sniff(content, name or "the document", formats())
    digest = hashlib.sha256(content).hexdigest()
    address = canonical_address(url) if url else f"urn:sha256:{digest}"
    slug = slugify(source)[:50]
    if not slug:
        raise ValidationError({"source": f"source is {source!a:.80}; it must have letters from a to z, or digits"})
    return Delivery(content, digest, media_type, label or "", source, slug, address, name)


def recall(delivery: Delivery) -> Snapshot | None:
    """The snapshot of the same bytes at the same address, if there is one. One short query, that brings what receipts show."""
    same = Snapshot.objects.filter(
        article__source__slug=delivery.slug,
        article__address=delivery.address,
        content=delivery.sha256,
        media_type=delivery.media_type,
        charset=delivery.charset,
    )
    shown = same.select_related("job").only("article", "content", "received_at", "job__state")
    return next(iter(shown[:1]), None)  # there is no other, so no order either


def store(delivery: Delivery) -> Receipt:
    """Look into a document, and store it. Raises ValidationError as `receive` does."""
    with _refusing():
        examined = examine(
            delivery.content,
            name=delivery.name or "the document",
            media_type=delivery.media_type,
            charset=delivery.charset or None,
            formats=formats(),
        )
    with transaction.atomic():
        owner, _ = Source.objects.get_or_create(slug=delivery.slug, defaults={"name": visible(delivery.source)})
        article, _ = Article.objects.get_or_create(source=owner, address=delivery.address)
        stored, _ = Content.objects.get_or_create(
            sha256=delivery.sha256,
            defaults={"size": len(delivery.content), "compressed": isal_zlib.compress(delivery.content, 1)},
        )
        snapshot, created = Snapshot.objects.get_or_create(
            article=article,
            content=stored,
            media_type=examined.media_type,
            charset=delivery.charset,
            defaults={
                "encoding": examined.decoded.encoding,
                "warnings": dict(examined.decoded.warnings),
                "name": delivery.name,
            },
        )
    return Receipt(snapshot, created)


@contextmanager
def _refusing() -> Iterator[None]:
    """What is wrong with a document's bytes, as what is wrong with the field."""
    try:
        yield
    except UnreadableContent as error:
        raise ValidationError({"content": str(error)}) from error


def _label(charset: str | None) -> str | None:
    """The charset's label, or None for a blank one. Whether anybody knows it is not asked here: the bytes may say enough."""
    label = (charset or "").strip()
    if label and not _LABEL.fullmatch(label):
        raise ValidationError(
            {"charset": f"charset is {label!a:.80}; it must be a label such as utf-8, of 40 characters at most"}
        )
    return label or None


def clean_name(name: str) -> str:
    """A file's name without folders, and without characters that hide or turn what they stand in."""
    return visible(name.replace("\\", "/").rpartition("/")[2])


def visible(text: str) -> str:
    """A name without characters that hide, break or turn what they stand in, at most 200 long."""
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")[:200].strip()
