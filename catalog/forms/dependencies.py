"""Fields for what an app needs: connectors as checkboxes, hosts and apps as lines."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.hosts import clean_hosts
from catalog.models import Connector, MicroApp
from catalog.models.connector import ConnectorStatus
from portal.models import User

MOST = 100


class ConnectorBoxes(forms.CheckboxSelectMultiple):
    template_name = "catalog/widgets/connector_boxes.html"


class ConnectorsField(forms.ModelMultipleChoiceField):
    """Checkboxes. A blocked connector is marked with its reason and refused, unless the app uses it already."""

    widget = ConnectorBoxes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Connector.objects.for_choice(), to_field_name="slug", **kwargs)
        self.standing: frozenset[int] = frozenset()

    def label_from_instance(self, obj: models.Model) -> str:
        if isinstance(obj, Connector) and obj.status == ConnectorStatus.BLOCKED:
            return _("%(connector)s (blocked: %(reason)s)") % {"connector": obj.name, "reason": obj.status_reason}
        if isinstance(obj, Connector) and obj.status == ConnectorStatus.PROPOSED:
            return _("%(connector)s (in review)") % {"connector": obj.name}
        return str(obj)

    def clean(self, value: Any) -> list[Connector]:  # type: ignore[override]
        chosen = list(super().clean([one for one in value or [] if "\x00" not in str(one)]))
        refused = [one for one in chosen if one.status == "blocked" and one.pk not in self.standing]
        if refused:
            raise ValidationError(
                [
                    _("%(connector)s is blocked: %(reason)s Choose another connector.")
                    % {"connector": one.name, "reason": one.status_reason}
                    for one in refused
                ]
            )
        return chosen


class HostsField(forms.CharField):
    """One host on each line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        hosts, errors = clean_hosts(super().clean(value))
        if errors:
            raise ValidationError(errors)
        return hosts


class AppsField(forms.CharField):
    """One app on each line, by its address or its name. Only apps the person may see are found."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    default_help = gettext_lazy("One app on each line, by its name or its address in the catalog.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user: User | None = None
        self.itself: int | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(one.slug if isinstance(one, MicroApp) else str(one) for one in value)
        return value

    def clean(self, value: Any) -> list[MicroApp]:
        words = list(dict.fromkeys(line.strip() for line in re.split(r"[\n;]", super().clean(value)) if line.strip()))
        if len(words) > MOST:
            said = ngettext(
                "An app needs at most %(most)d other app.", "An app needs at most %(most)d other apps.", MOST
            )
            raise ValidationError(said % {"most": MOST})
        if not words or self.user is None:
            return []
        visible = MicroApp.objects.visible_to(self.user)
        found = list(visible.filter(models.Q(slug__in=words) | models.Q(name__in=words)).order_by("pk"))
        by_slug = {app.slug: app for app in found}
        apps, errors = {}, []
        for line in words:
            named = [by_slug[line]] if line in by_slug else [app for app in found if app.name == line]
            if not named:
                errors.append(
                    _("There is no app “%(words)s” in the catalog. Copy its name from its page.") % {"words": line[:80]}
                )
            elif len(named) > 1:
                slugs = ", ".join(app.slug for app in named)
                errors.append(
                    _("Several apps are called “%(words)s”. Write its address: %(slugs)s.")
                    % {"words": line, "slugs": slugs}
                )
            elif named[0].pk == self.itself:
                errors.append(_("An app cannot depend on itself."))
            else:
                apps[named[0].pk] = named[0]
        if errors:
            raise ValidationError(errors)
        return list(apps.values())
