"""What to do about failures of one cause: try again, release from quarantine, or mute until it is mended."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.processing.ledger import failed_documents, quarantined_documents
from newsdesk.processing.models import Batch, Mute
from newsdesk.processing.services.bulk import start


def retry(*, processor: str, cause: str, actor: Actor) -> Batch:
    """Queue all documents that failed at this processor for this cause; those in quarantine stay there."""
    require(actor, Operation.REPROCESS_MANY)
    _check(processor, cause)
    return start({"do": "retry", "processor": processor, "cause": cause}, failed_documents(processor, cause), actor)


def release(*, processor: str, cause: str, actor: Actor) -> Batch:
    """Queue all documents that are in quarantine because this processor crashed on them in this way."""
    require(actor, Operation.RELEASE)
    _check(processor, cause)
    return start({"do": "release", "processor": processor, "cause": cause}, quarantined_documents(processor, cause), actor)


def mute(*, processor: str, cause: str, actor: Actor) -> Mute:
    """Have failures of this cause out of the way until the mute is lifted. Muted twice is muted once."""
    require(actor, Operation.RELEASE)
    _check(processor, cause)
    row = Mute(processor=processor, cause=cause, muted_by=actor.user)
    row.clean_fields(exclude=["muted_by", "lifted_by", "lifted_at"])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Mute.objects.get(processor=processor, cause=cause, lifted_at=None)
    return row


def unmute(*, processor: str, cause: str, actor: Actor) -> None:
    """Show failures of this cause again. Raises ValidationError if they are not muted."""
    require(actor, Operation.RELEASE)
    _check(processor, cause)
    muted = Mute.objects.filter(processor=processor, cause=cause, lifted_at=None)
    if not muted.update(lifted_at=Now(), lifted_by=actor.user):
        raise ValidationError(_("This cause is not muted."))


def _check(*names: str) -> None:
    """No failure has a name with a NUL in it, and not every database may be asked for one."""
    if any("\0" in name for name in names):
        raise ValidationError(_("No processor and no cause has a NUL character in its name."))
