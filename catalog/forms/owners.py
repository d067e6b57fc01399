"""Choosing who owns an app: a person, or a service identity with a person behind it, by e-mail address or name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import CostCentre, User

LONGEST = 254


class SuggestingInput(forms.TextInput):
    """A text field with suggestions that follow what is typed; without script one types the whole."""

    template_name = "catalog/widgets/suggesting_input.html"

    def __init__(self, options_url: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.options_url = options_url

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options_url"] = self.options_url
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_options"
        return context


class OwnerField(forms.CharField):
    """Cleans to an active account. A service identity is taken only when an active person answers for it."""

    default_error_messages = {
        "unknown": _("Nobody active is known as “%(words)s”. Type the e-mail address of a colleague."),
        "several": _("Several accounts are called %(words)s. Type the e-mail address of the one you mean."),
        "alone": _("%(words)s is a service identity without an active person behind it. Name a person instead."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestingInput("catalog:owner_option_list"), max_length=LONGEST, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.email if isinstance(value, User) else value

    def clean(self, value: Any) -> User | None:
        if isinstance(value, User):  # a field that is shown but not open to change
            return value
        words = super().clean(value).replace("\x00", "")
        if not words:
            return None
        accounts = User.objects.filter(is_active=True).select_related("steward")
        by = {"email__iexact": words} if "@" in words else {"name__iexact": words}
        found = list(accounts.filter(**by)[:2])
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"words": words})
        if len(found) > 1:
            raise ValidationError(self.error_messages["several"], code="several", params={"words": words})
        if found[0].is_service and not found[0].steward.is_active:
            raise ValidationError(self.error_messages["alone"], code="alone", params={"words": words})
        return found[0]


class CostCentreField(forms.CharField):
    """Cleans to an open cost centre, by its six digits."""

    default_error_messages = {
        "digits": _("A cost centre has 6 digits, for example 410220."),
        "unknown": _("There is no cost centre %(code)s. Ask your controller for the right one."),
        "closed": _("Cost centre %(code)s is closed. Choose an open one."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = SuggestingInput("catalog:cost_centre_option_list", {"inputmode": "numeric"})
        super().__init__(widget=widget, max_length=130, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, models.Model) else value  # type: ignore[attr-defined]

    def clean(self, value: Any) -> CostCentre | None:
        words = super().clean(value)
        code = words.split(" ")[0]
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise ValidationError(self.error_messages["digits"], code="digits")
        centre = CostCentre.objects.filter(code=code).first()
        if centre is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"code": code})
        if not centre.is_open:
            raise ValidationError(self.error_messages["closed"], code="closed", params={"code": code})
        return centre
