"""The door for editors: the admin, with the article page. Thin; what it does, services do."""
