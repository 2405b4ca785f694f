"""The door for plugin authors: the command `newsdesk`. Needs neither Django nor a database."""
