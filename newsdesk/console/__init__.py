"""The door for operators: `manage.py` commands. Thin; what they do, services do."""
