"""Messages that the secretariat saved from its mail program, as proof of what came in writing."""

from email.message import EmailMessage

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile


def saved_mail(name: str, sender: str, subject: str, text: str) -> SimpleUploadedFile:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, settings.SECRETARIAT_EMAIL, subject
    mail.set_content(text)
    return SimpleUploadedFile(f"{name}.eml", mail.as_bytes())
