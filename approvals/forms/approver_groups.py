from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms.people_field import PeopleField


class ApproverGroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_("Small letters and hyphens. Routes name the group by it; it stays."),
    )
    members = PeopleField(
        label=_("Members"), required=False, help_text=_("One to a line. Without members the C4E is asked instead.")
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug == "new":  # the address of the page that makes one
            raise ValidationError(_("Choose another short name than “new”."))
        return slug
