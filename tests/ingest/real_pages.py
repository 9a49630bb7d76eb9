"""Pages as publishers have them, which do not belong to the project."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "pages"
