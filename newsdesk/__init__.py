"""Newsdesk: who said what, reviewed. Imports nothing, so that plugins load without Django."""
