"""What people enter on the admin screens, and which values are valid."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.models import Role
from careers.search_words import list_significant_words
from careers.spelling import fold_spelling
from careers.title_terms import make_whole_term
from ingest.documents.archives import PAGES
from ingest.documents.document import PAGE_LIMIT
from ingest.loading.bounds import can_be_captured_on, fits, is_web_address
from ingest.loading.merges import clean_title
from ingest.models import Page

FILES_AT_ONCE = 100  # Django's own limit for one request; a script sends more files in several requests
_ENDINGS = (*PAGES, ".zip")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files. An empty file is accepted here and refused as a page: it must not stop the others."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not isinstance(data, list | tuple):
            data = [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in data]


class SourceForm(forms.Form):
    """Where pages come from, entered for pages that do not say so themselves."""

    publisher = forms.CharField(
        required=False, max_length=120, help_text="Whose pages these are, where a page does not say so."
    )
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=1000,
        help_text="The address of the page, where it does not say so: https://example.org/page",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    captured_on = forms.DateField(
        label="Day of capture",
        required=False,
        help_text="The day the pages were saved. Without it the day of loading counts.",
        error_messages={"invalid": "Enter a day like 2026-11-22."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    licence = forms.CharField(
        label="License", required=False, max_length=120, help_text="Where a page names none: CC BY 4.0"
    )
    licence_url = forms.CharField(
        label="Address of the license",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("url", "licence_url"):
            text = cleaned.get(name)
            if text and not (is_web_address(text) and fits(Page, name, text)):
                self.add_error(name, "Enter an address like https://example.org/page.")
        day = cleaned.get("captured_on")
        if day and not can_be_captured_on(day):
            self.add_error("captured_on", "Pages cannot have been saved on this day.")
        for name in ("publisher", "licence"):
            text = " ".join(cleaned.get(name, "").split())
            cleaned[name] = text
            if not fits(Page, name, text):
                self.add_error(name, "This holds characters that cannot be stored.")
        return cleaned

    @property
    def source(self) -> dict[str, Any]:
        """The fields of a Page that a person enters."""
        return {name: self.cleaned_data[name] for name in SourceForm.base_fields}

    def write_error_sentences(self) -> list[str]:
        """What is wrong, one entry for each field, for places that show no form."""
        sentences = []
        for name, errors in self.errors.items():
            text = " ".join(str(error) for error in errors)
            if name in SourceForm.base_fields:
                text = f"{self.fields[name].label or name.capitalize()}: {text}"
            sentences.append(text)
        return sentences


class UploadForm(SourceForm):
    """One upload of pages."""

    field_order = ["files", "text"]
    files = FilesField(  # type: ignore[assignment]  # Django takes fields off the class
        required=False, widget=FilesInput(attrs={"accept": ",".join(_ENDINGS)})
    )
    text = forms.CharField(
        label="Or paste the text of one page",
        required=False,
        strip=False,
        max_length=PAGE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    separate = forms.BooleanField(label="Start a separate upload", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("files") and not cleaned.get("text", "").strip():
            self.add_error("files", "Choose files or paste the text of a page.")
        return cleaned


class MoreFilesForm(forms.Form):
    """Further files of an upload."""

    files = FilesField()  # type: ignore[assignment]  # Django takes fields off the class


class CorrectionForm(forms.Form):
    """The right reading of one value of a page."""

    text = forms.CharField(
        label="Value",
        required=False,
        strip=True,
        max_length=50_000,
        help_text="As the page writes such values. Leave it empty for “not published”.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    line = forms.IntegerField(
        label="Line", min_value=1, max_value=10_000_000, help_text="The number of the line on which the value stands."
    )

    def __init__(self, *args: Any, asks_line: bool, **kwargs: Any) -> None:
        """`asks_line`: nothing was read for the value, so its line is unknown."""
        super().__init__(*args, **kwargs)
        if not asks_line:
            del self.fields["line"]
        lines = str(self.initial.get("text") or "").count("\n") + 1
        self.fields["text"].widget.attrs["rows"] = min(max(2, lines), 20)


class ReasonForm(forms.Form):
    """Why a publisher's pages are taken down."""

    reason = forms.CharField(
        max_length=500,
        help_text="For the record: who asked for it, when and why.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RenameForm(forms.Form):
    """A new title for a role; its current address redirects to the new one."""

    title = forms.CharField(max_length=200)

    def clean_title(self) -> str:
        title = clean_title(str(self.cleaned_data["title"]))
        if not title or not fits(Role, "title", title):
            raise forms.ValidationError("This cannot be a title.")
        return title


class ClosestForm(forms.Form):
    """The official occupation closest to a role."""

    occupation = forms.CharField(
        label="Closest official occupation",
        required=False,
        max_length=130,
        help_text="Its title, what people call it, or its code, as 29-1141. Leave it empty for none.",
        widget=forms.TextInput(attrs={"list": "role-titles", "autocomplete": "off"}),
    )

    def clean_occupation(self) -> Role | None:
        text = str(self.cleaned_data["occupation"]).strip()
        if not text:
            return None
        occupations = Role.objects.occupations()
        by_code = occupations.filter(soc_code=text)
        by_title = occupations.filter(key=fold_spelling(text))[:2]
        by_term = occupations.filter(terms__term=make_whole_term(list_significant_words(text))).distinct()[:2]
        matches = list(by_code or by_title or by_term)
        if not matches:
            raise forms.ValidationError(f"No official occupation is called “{text}”.")
        if len(matches) > 1:
            raise forms.ValidationError(f"Several official occupations are called “{text}”: give the code.")
        return matches[0]


class EverydayTitleForm(ClosestForm):
    """A title by which people find an official occupation."""

    title = forms.CharField(label="Everyday title", max_length=200)
    field_order = ("title", "occupation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occupation = self.fields["occupation"]
        occupation.label, occupation.required = "Official occupation", True
        occupation.help_text = "Its title, what people call it, or its code, as 29-1141."


class MergeForm(forms.Form):
    """The role into which another role is merged."""

    into = forms.CharField(
        label="Into",
        max_length=130,
        help_text="The title of the role that stays.",
        widget=forms.TextInput(attrs={"list": "role-titles", "autocomplete": "off"}),
    )

    def clean_into(self) -> Role:
        text = str(self.cleaned_data["into"])
        role = Role.objects.with_title(text).first() or Role.objects.by_title().filter(slug=text.strip()).first()
        if role is None:
            raise forms.ValidationError(f"No role is called “{text}”.")
        return role
