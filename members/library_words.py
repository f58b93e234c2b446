"""Sentences of the account library that reach a page: named here, our catalogue says them in the portal's words."""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Forgot your password?"),
    _("Code"),
    _("Authenticator code"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    # Refusals
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("The password reset token was invalid."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    # What was done
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Signed out of all other sessions."),
    _("Password successfully changed."),
    _("Password successfully set."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Security key added."),
    _("Security key removed."),
    _("A new set of recovery codes has been generated."),
)
