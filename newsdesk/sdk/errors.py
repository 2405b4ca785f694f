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
    """No order of processors gives what was asked."""


class MissingKind(NewsdeskError):
    """The document has no artifact of this kind; the processor must name it in `requires`."""
