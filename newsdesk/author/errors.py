"""What an author asked for and cannot have."""

from newsdesk.sdk.errors import NewsdeskError


class AuthorError(NewsdeskError):
    """The message names what is wrong, the rule, and what to do."""
