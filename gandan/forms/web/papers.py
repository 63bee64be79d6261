"""Files handed in with a draft: they belong to it, and go or move on with it."""

from gandan.documents import actions, intake, wording
from gandan.forms.models import Draft
from gandan.forms.schema import Question
from gandan.forms.web.contract import FileRefused, PageRequest
from gandan.forms.web.fields import Upload

# Kept as long as the draft; the dossier gives them its own class.
RETENTION = "draft"


def store(
    request: PageRequest, draft: Draft, question: Question, upload: Upload
) -> str:
    """The id of the stored file; refused in the words of the documents room."""
    try:
        kept = actions.store_upload(
            content=upload,
            name=upload.name or "",
            subject=str(draft.public_id),
            kind=question.key,
            retention_class=RETENTION,
            by=request.actor,
            at=request.now,
        )
    except intake.FileRefused as refusal:
        raise FileRefused(wording.explain(refusal)) from refusal
    return str(kept.public_id)
