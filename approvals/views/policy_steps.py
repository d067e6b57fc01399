"""The steps of a version that are one click each."""

from django.utils.translation import gettext_lazy as _

from approvals.actions import policy_versions
from approvals.views.policy_versions import step

policy_proposal_create = step(policy_versions.propose, _("It waits for a second person."))
policy_activation_create = step(policy_versions.activate, _("It is in force. Everything live is checked by it."))
policy_discard_create = step(policy_versions.discard, _("The version is discarded. It stays in the list."))
