"""The mail with which a person sets their own password. Staff never type one."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import jobs
from portal.models import Job, User


def password_link(person: User) -> str:
    """The address of allauth's page for a new password; it works once, and for three days."""
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return settings.SITE_URL + path


@jobs.body("portal.send_invitation")
def send_invitation(job: Job, person_id: int) -> None:
    person = User.objects.people().filter(pk=person_id).first()
    if person is None:
        raise jobs.Refused(_("This account was closed before the invitation was sent."))
    context = {"person": person, "link": password_link(person), "days": settings.PASSWORD_RESET_TIMEOUT // 86_400}
    text = render_to_string("portal/mail/invitation.txt", context)
    send_mail(_("Your Trellis account"), text, None, [person.email])
