"""What comes into a batch: files as they are sent, and archives taken apart in pieces."""

import io
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from time import monotonic
from typing import IO, Any
from zipfile import ZipFile

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from ingest.documents.archives import NESTED, is_archive, kind_of, members_of, read_member
from ingest.documents.document import most_bytes, too_long
from ingest.loading.fit import storable
from ingest.models import Archive, ArchivePart, Batch, Draft, Page
from ingest.parsing.cells import UnreadableError

ENTERED = ("publisher", "url", "captured_on", "licence", "licence_url")
PART = 1_000_000  # bytes
DRAFTS_AT_ONCE = 500
NO_PAGE = "This is no page: a page is a .txt, .html or .htm file, a table a .csv or .xlsx."


def locked(batch: Batch) -> Batch:
    """The batch as it stands now, held until the transaction ends: two who work on it take turns."""
    return Batch.objects.select_for_update().get(pk=batch.pk)


def open_batch(by: User | None, entered: Mapping[str, Any]) -> Batch:
    """An empty batch. `entered`: some of ENTERED, as valid values of the model's fields."""
    return Batch.objects.create(by=by, **{name: entered[name] for name in ENTERED if entered.get(name)})


def open_rereading(by: User | None, pages: QuerySet[Page]) -> Batch:
    """A batch that reads these stored pages again: rehearsed and applied through the same functions."""
    with transaction.atomic():
        batch = Batch.objects.create(by=by, kind=Batch.Kind.REREAD)
        wanted = pages.order_by("pk").values_list("pk", "name", "digest")
        drafts = (Draft(batch=batch, page_id=pk, name=name, digest=digest) for pk, name, digest in wanted)
        Draft.objects.bulk_create(drafts, batch_size=DRAFTS_AT_ONCE)
    return batch


def add_file(batch: Batch, name: str, file: IO[bytes]) -> Draft | Archive:
    """Put a file into a batch; a .zip is kept as it is and taken apart by `work`.

    The same content twice, be it a second name or a request sent again, is one draft. A file
    that cannot be a page becomes a draft that is refused and says why. A text pasted is a file
    named "pasted-1.txt".
    """
    name = storable(name)[-300:]
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    with transaction.atomic():
        batch = locked(batch)
        added: Draft | Archive
        if is_archive(name, file):
            added = _keep_archive(batch, name, file, size)
        else:
            content = too_long(name, size) if size > most_bytes(name) else file.read()
            added = _add(batch, [(name, content)])[0]
        if batch.stage not in (Batch.Stage.LOADING, Batch.Stage.UNDOING):  # those go on to read when they are through
            batch.stage = Batch.Stage.READING
            batch.save(update_fields=["stage"])
    return added


def _add(batch: Batch, files: Sequence[tuple[str, bytes | UnreadableError]]) -> list[Draft]:
    """The draft of each file, new or there before."""
    drafts: list[Draft] = []
    digests = [Page.digest_of(content) if isinstance(content, bytes) else "" for _, content in files]
    known = {
        draft.digest: draft for draft in batch.drafts.filter(digest__in=[d for d in digests if d]).defer("content")
    }
    named: dict[int, Draft] = {}
    new: list[Draft] = []
    for (name, content), digest in zip(files, digests, strict=True):
        draft = known.get(digest)
        if draft and name not in (draft.name, *draft.also_named):
            draft.also_named.append(name)
            named[id(draft)] = draft
        if draft is None and isinstance(content, bytes):
            draft = known[digest] = Draft(batch=batch, name=name, content=content, digest=digest)
            new.append(draft)
        elif draft is None:
            refused = {"name": name, "status": Draft.Status.REFUSED, "error": str(content)}
            draft = batch.drafts.filter(**refused).first() or Draft(batch=batch, **refused)
            new += [draft] if draft.pk is None else []
        drafts.append(draft)
    Draft.objects.bulk_create(new)
    for draft in named.values():
        draft.save(update_fields=["also_named"])
    return drafts


# -- archives ---------------------------------------------------------------------------------


def _keep_archive(batch: Batch, name: str, file: IO[bytes], size: int) -> Draft | Archive:
    try:
        files = len(members_of(file))
    except UnreadableError as error:
        return _add(batch, [(name, error)])[0]
    file.seek(0)
    hashed = sha256()
    while data := file.read(PART):
        hashed.update(data)
    archive, is_new = Archive.objects.get_or_create(
        batch=batch, digest=hashed.hexdigest(), defaults={"name": name, "size": size, "file_count": files}
    )
    file.seek(0)
    position = 0
    while is_new and (data := file.read(PART)):
        ArchivePart.objects.create(archive=archive, position=position, data=data)
        position += 1
    return archive


def take_apart(archive: Archive, until: float) -> None:
    """Make drafts of the next files of an archive, until a time of `monotonic` or its end, where it goes.

    Belongs into a transaction that holds the lock on its batch.
    """
    with io.BufferedReader(_Stored(archive), PART) as file:
        members = members_of(file)
        found: list[tuple[str, bytes | UnreadableError]] = []
        with ZipFile(file) as opened:
            while (
                archive.unpacked_count < len(members)
                and len(found) < DRAFTS_AT_ONCE
                and (not found or monotonic() < until)
            ):
                member = members[archive.unpacked_count]
                archive.unpacked_count += 1
                if kind := kind_of(member):
                    content = (
                        read_member(opened, member, archive.size, archive.unpacked_bytes)
                        if kind == "page"
                        else UnreadableError(NESTED if kind == "refused" else NO_PAGE)
                    )
                    archive.unpacked_bytes += len(content) if isinstance(content, bytes) else 0
                    found.append((storable(f"{archive.name}/{member.filename}")[-300:], content))
    _add(archive.batch, found)
    if archive.unpacked_count < len(members):
        archive.save(update_fields=["unpacked_count", "unpacked_bytes"])
    else:
        archive.delete()


class _Stored(io.RawIOBase):
    """The bytes of a stored archive, read part by part."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.at = archive, 0
        self.position, self.part = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.at, os.SEEK_END: self.archive.size}[whence]
        self.at = start + offset
        return self.at

    def readinto(self, buffer: Any) -> int:
        position, offset = divmod(self.at, PART)
        if self.at >= self.archive.size:
            return 0
        if position != self.position:
            self.position, self.part = position, bytes(self.archive.parts.get(position=position).data)
        data = self.part[offset : offset + len(buffer)]
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)
