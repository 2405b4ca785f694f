"""What can go wrong, in words of our own: each message names the thing, the rule and the remedy."""


class NewsdeskError(Exception):
    """Something that Newsdesk explains rather than crashes on."""


class UnreadableContent(NewsdeskError):
    """These bytes are not a document that Newsdesk reads."""


class ContractError(NewsdeskError):
    """A processor returned something that its declaration does not allow."""


class OptionError(NewsdeskError):
    """An option that the processor does not have, or a value that it does not take."""


class PlanError(NewsdeskError):
    """No order of processors gives what was asked; `processor` names the one that could be left out, if any."""

    def __init__(self, message: str, processor: str = "") -> None:
        super().__init__(message)
        self.processor = processor


class MissingKind(NewsdeskError):
    """The document has no artifact of this kind; the processor must name it in `requires`."""


class Transient(NewsdeskError):
    """Not now: what the processor needs is away for the moment. The same document is tried again later, by itself.

    Anything else that `process` raises is taken for the document's fault, and is not tried again.
    """

    cause = "transient"
