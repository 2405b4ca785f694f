"""Newsdesk plugin."""
