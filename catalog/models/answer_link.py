from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AnswerLink(models.Model):
    """A link in a mail that answers one question about one app for one person, once, without signing in.

    Only the SHA-256 of the token is kept. The link dies when used, when its time is over, or when the term has moved on."""

    token_digest = models.CharField(_("digest of the token"), max_length=64, unique=True)
    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="answer_links")
    person = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    term_end = models.DateField(_("term"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer link")
        verbose_name_plural = _("answer links")

    def __str__(self) -> str:
        return f"{self.app_id} {self.person_id}"
