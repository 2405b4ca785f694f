"""The API: its routers, its keys and its one shape of errors."""

from ninja import NinjaAPI

api = NinjaAPI(title="Newsdesk", version="1")
