"""`python -m newsdesk.pipeline FILE...`"""

from newsdesk.pipeline.command import run_command

if __name__ == "__main__":
    run_command()
