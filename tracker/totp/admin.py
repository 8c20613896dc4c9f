"""django-otp would list every device at the desk, with its secret. Nobody needs to see another's."""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister(TOTPDevice)
