"""`python -m newsdesk.author`, which is the command `newsdesk`."""

from newsdesk.author.command import run_command

if __name__ == "__main__":
    run_command()
