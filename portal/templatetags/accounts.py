"""Parts of sign-in and account pages."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

from portal import browsers, demo_people

register = template.Library()
register.filter("browser", browsers.name)


@register.inclusion_tag("portal/_demo_people.html", takes_context=True)
def demo_sign_in(context: Context) -> dict[str, Any]:
    """The demo people to sign in as; nothing outside a local demo."""
    people = demo_people.present() if settings.DEMO_SIGN_IN else []
    return {"people": people, "next": context["request"].GET.get("next", ""), "csrf_token": context.get("csrf_token")}
