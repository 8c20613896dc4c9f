"""Hides django-otp's devices from the desk. Its own pages would show the secrets of all accounts."""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister(TOTPDevice)
