"""What was decided: what a person said of an artifact. The verdict lies over the artifact and never changes it."""
