"""A publisher's pages taken down as one, and put back: what they say is kept, and current nowhere."""

from django.contrib.auth.models import User

from careers.models import Publisher
from ingest.models import Event


def take_down(publisher: Publisher, by: User | None, reason: str) -> Event:
    """Make none of a publisher's facts current: other publishers' are, where there are any.

    Its pages stay; new ones are refused until it is put back. Twice is once.
    """
    raise NotImplementedError


def put_back(publisher: Publisher, by: User | None) -> Event:
    """Have everything as it would be had it never been taken down."""
    raise NotImplementedError
