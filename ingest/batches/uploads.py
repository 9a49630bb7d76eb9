"""How files come into a batch: single files as they are sent, archives unpacked in steps."""

import io
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from time import monotonic
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from ingest.documents import archives
from ingest.documents.releases import NOT_READ, pair_halves
from ingest.loading.bounds import make_storable
from ingest.models import Archive, ArchivePart, Batch, Draft, Event, Page
from ingest.parsing.cells import UnreadableError

SOURCE_FIELDS = ("publisher", "url", "captured_on", "licence", "licence_url")
OPEN_STAGES = (Batch.Stage.READING, Batch.Stage.PREVIEWED)
PART_BYTES = 1_000_000
FILES_AT_ONCE = 500
NO_PAGE = "This is not a page: a page is a .txt, .html or .htm file, a table a .csv or .xlsx."


def lock_batch(batch: Batch) -> Batch:
    """The batch as it is stored now, locked until the transaction ends, so that processes take turns."""
    return Batch.objects.select_for_update().get(pk=batch.pk)


def open_batch(by: User | None, entered: Mapping[str, Any]) -> Batch:
    """An empty batch. `entered`: some of SOURCE_FIELDS, as valid values of the model's fields."""
    return Batch.objects.create(by=by, **{name: entered[name] for name in SOURCE_FIELDS if entered.get(name)})


def _take_turns() -> None:
    """Make requests that come at once, whoever sends them, wait until the transaction of the first one ends.

    They lock the first account, because it is a row that always exists and that no load writes.
    """
    User.objects.select_for_update(no_key=True).order_by("pk").first()


def find_or_open_batch(by: User | None, entered: Mapping[str, Any]) -> tuple[Batch, bool]:
    """The open batch of a person if pages with this source can join it, else a new one; and whether it is new."""
    with transaction.atomic():
        _take_turns()
        batch = find_open_batch(by)
        if batch is not None and has_source(batch, entered):
            return batch, False
        return open_batch(by, entered), True


def find_open_batch(by: User | None) -> Batch | None:
    """The newest upload of a person that is not loaded yet: further files can join it, unless all its files were
    refused."""
    if by is None:
        return None
    batch = Batch.objects.filter(by=by, kind=Batch.Kind.LOAD, stage__in=OPEN_STAGES).first()
    if (
        batch
        and batch.stage == Batch.Stage.PREVIEWED
        and not batch.drafts.exclude(status=Draft.Status.REFUSED).exists()
    ):
        return None
    return batch


def has_source(batch: Batch, entered: Mapping[str, Any]) -> bool:
    """Whether pages with this source can join a batch: nothing was entered, or the same as for the batch."""
    return all(not entered.get(name) or entered[name] == getattr(batch, name) for name in SOURCE_FIELDS)


def discard_batch(batch: Batch, by: User | None) -> bool:
    """Delete a batch with the files that are not loaded. Pages that it loaded stay. False while it is at work."""
    with transaction.atomic():
        batch = lock_batch(batch)
        if batch.stage in (Batch.Stage.LOADING, Batch.Stage.UNDOING):
            return False
        details = {"name": str(batch), "files": batch.drafts.count()}
        Event.objects.create(what=Event.What.DISCARD, by=by, details=details)
        batch.delete()
    return True


def open_reread_batch(by: User | None, pages: QuerySet[Page]) -> Batch:
    """A batch that reads these stored pages again: previewed and applied through the same functions.

    If one for the same pages is open, whoever opened it, that is previewed anew: they may read differently by now.
    """
    columns = list(pages.order_by("pk").values_list("pk", "name", "digest"))
    with transaction.atomic():
        _take_turns()
        if batch := _find_open_rereading([pk for pk, _, _ in columns]):
            # One that is at work stays as it is: waiting for its lock could take as long as reading a large table.
            for idle in Batch.objects.select_for_update().filter(pk=batch.pk, stage=Batch.Stage.PREVIEWED):
                preview_later(idle, idle.drafts.values("pk"))
            return batch
        batch = Batch.objects.create(by=by, kind=Batch.Kind.REREAD)
        drafts = (Draft(batch=batch, page_id=pk, name=name, digest=digest) for pk, name, digest in columns)
        Draft.objects.bulk_create(drafts, batch_size=FILES_AT_ONCE)
    return batch


def _find_open_rereading(keys: list[int]) -> Batch | None:
    """The batch, not applied yet, that reads exactly the pages with these keys again."""
    for batch in Batch.objects.filter(kind=Batch.Kind.REREAD, stage__in=OPEN_STAGES, drafts__page__in=keys[:1]):
        if set(batch.drafts.values_list("page", flat=True)) == set(keys):
            return batch
    return None


def preview_later(batch: Batch, drafts: Any) -> None:
    """Have the drafts of a batch with these keys, a collection or a query, previewed by `continue_batch`."""
    idle = batch.stage in (Batch.Stage.PREVIEWED, Batch.Stage.DONE, Batch.Stage.UNDONE)
    if batch.drafts.filter(pk__in=drafts).update(status="") and idle:
        batch.stage = Batch.Stage.READING
        batch.save(update_fields=["stage"])


def add_file(batch: Batch, name: str, file: IO[bytes]) -> Draft | Archive:
    """Put a file into a batch; a .zip is stored as it is and unpacked by `continue_batch`.

    The same content is one draft, whether it comes under a second name or in a repeated request. A file that cannot be
    a page becomes a refused draft that says why. Pasted text is a file named "pasted-1.txt".
    """
    name = make_storable(name)[-300:]
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    with transaction.atomic():
        batch = lock_batch(batch)
        added: Draft | Archive
        if archives.is_archive(name, file):
            added = _store_archive(batch, name, file, size)
        else:
            added = _add_drafts(batch, [(name, archives.read_limited(name, size, file))])[0]
        if batch.stage not in (Batch.Stage.LOADING, Batch.Stage.UNDOING):  # these read new files when they finish
            batch.stage = Batch.Stage.READING
            batch.save(update_fields=["stage"])
    return added


def _add_drafts(batch: Batch, files: Sequence[tuple[str, bytes | UnreadableError]]) -> list[Draft]:
    """The draft of each file, new or already there."""
    digests = [Page.compute_digest(content) if isinstance(content, bytes) else "" for _, content in files]
    with_same_content = batch.drafts.filter(digest__in=set(digests) - {""}).defer("content")
    draft_of = {draft.digest: draft for draft in with_same_content}
    drafts: list[Draft] = []
    new: list[Draft] = []
    renamed: list[Draft] = []
    for (name, content), digest in zip(files, digests, strict=True):
        if isinstance(content, UnreadableError):
            status = Draft.Status.SKIPPED if str(content) == NOT_READ else Draft.Status.REFUSED
            refused = {"name": name, "status": status, "error": str(content)}
            draft = batch.drafts.filter(**refused).first()
            if draft is None:
                draft = Draft(batch=batch, **refused)
                new.append(draft)
        elif draft := draft_of.get(digest):
            if name not in (draft.name, *draft.also_named):
                draft.also_named.append(name)
                renamed.append(draft)
        else:
            draft = draft_of[digest] = Draft(batch=batch, name=name, content=content, digest=digest)
            new.append(draft)
        drafts.append(draft)
    Draft.objects.bulk_create(new)
    for draft in renamed:
        draft.save(update_fields=["also_named"])
    return drafts


# -- archives ---------------------------------------------------------------------------------


def _store_archive(batch: Batch, name: str, file: IO[bytes], size: int) -> Draft | Archive:
    try:
        file_count = len(archives.list_members(file))
    except UnreadableError as error:
        return _add_drafts(batch, [(name, error)])[0]
    file.seek(0)
    digest = sha256()
    while part := file.read(PART_BYTES):
        digest.update(part)
    archive, is_new = Archive.objects.get_or_create(
        batch=batch, digest=digest.hexdigest(), defaults={"name": name, "size": size, "file_count": file_count}
    )
    file.seek(0)
    position = 0
    while is_new and (part := file.read(PART_BYTES)):
        ArchivePart.objects.create(archive=archive, position=position, data=part)
        position += 1
    return archive


def unpack_some(archive: Archive, until: float) -> None:
    """Make drafts of the next files of an archive, until a time of `monotonic`; delete the archive at its end.

    Call it in a transaction that holds the lock on the batch.
    """
    files: list[tuple[str, bytes | UnreadableError]] = []
    with io.BufferedReader(_ArchiveStream(archive), PART_BYTES) as stream:
        members = archives.list_members(stream)
        with ZipFile(stream) as opened:
            read_me = archives.read_me_in_archive(archive.name, opened, members)
            second_half_of = pair_halves(member.filename for member in members)
            for member in members[archive.unpacked_count :]:
                if len(files) == FILES_AT_ONCE or (files and monotonic() > until):
                    break
                archive.unpacked_count += 1
                kind = archives.find_kind(member, read_me)
                if kind and member.filename in second_half_of:  # a second half is read with the first
                    second_half = second_half_of[member.filename]
                    content = _read_content(archive, opened, member, kind, second_half)
                    name = archives.name_of_member(archive.name, member, second_half, read_me)
                    files.append((make_storable(name)[-300:], content))
    _add_drafts(archive.batch, files)
    if archive.unpacked_count < len(members):
        archive.save(update_fields=["unpacked_count", "unpacked_bytes"])
    else:
        archive.delete()


def _read_content(
    archive: Archive, opened: ZipFile, member: ZipInfo, kind: archives.Kind, second_half: str
) -> bytes | UnreadableError:
    if kind != "page":
        return UnreadableError({"refused": archives.NESTED, "skipped": NOT_READ}.get(kind, NO_PAGE))
    content = archives.read_table(opened, member, second_half, archive.size, archive.unpacked_bytes)
    if isinstance(content, bytes):
        archive.unpacked_bytes += len(content)
    return content


class _ArchiveStream(io.RawIOBase):
    """The bytes of a stored archive, read part by part."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.offset = archive, 0
        self.part_position, self.part = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.offset

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.offset, os.SEEK_END: self.archive.size}[whence]
        self.offset = start + offset
        return self.offset

    def readinto(self, buffer: Any) -> int:
        position, start = divmod(self.offset, PART_BYTES)
        if self.offset >= self.archive.size:
            return 0
        if position != self.part_position:
            self.part_position = position
            self.part = bytes(self.archive.parts.get(position=position).data)
        chunk = self.part[start : start + len(buffer)]
        buffer[: len(chunk)] = chunk
        self.offset += len(chunk)
        return len(chunk)
