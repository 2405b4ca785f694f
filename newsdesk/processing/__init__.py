"""What was derived: who computed which artifacts from which bytes, and the jobs that see to it. Never edits an artifact."""
