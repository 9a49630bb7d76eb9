from django.db import models


class SignInAttempt(models.Model):
    """An attempt to sign in that failed, or that is being checked. There are hardly ever more than a hundred.

    Names and addresses are keyed digests: people type their password into the wrong field.
    """

    name = models.CharField(max_length=32)
    address = models.CharField(max_length=32)
    browser = models.CharField(max_length=32, blank=True)  # set if this browser has signed in with the name before
    at = models.DateTimeField()

    objects = models.Manager["SignInAttempt"]()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"attempt of {self.at:%Y-%m-%d %H:%M:%S}"
