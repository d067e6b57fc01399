"""The request as views behind sign-in know it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from portal.models import User


class Request(HttpRequest):
    """A request that LoginRequiredMiddleware let through: somebody is signed in, and it carries our id."""

    user: User
    id: str
    htmx: HtmxDetails
