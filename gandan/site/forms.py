"""The two fields that open a dossier; the follow page itself judges them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gandan.ui.fields import TextField


class Follow(forms.Form):
    """Sent to the follow page by POST: neither field ever stands in an address."""

    code = TextField(label=_("Dossier code"), help_text=_("Printed on your slip."))
    secret = TextField(label=_("Secret"), help_text=_("The letters below the code."))
