"""The door for programs: JSON over HTTP, with keys. Thin; what it does, services do."""
