"""A job and what it found, as they cross to another machine and back.

A job takes nothing with it but what the sites may see anyway: addresses, our user agent, certificates. What comes back
is checked like what a stranger sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from monitor.crawl.child import closed_targets
from monitor.model import Http, Job, Known, job_from_json, to_json
from monitor.model.crawl import file_of
from monitor.model.state import PolledTarget

OF_THE_OWNER = ("capture",)
"""Options that name places on the owner's machine."""


def outbound(job: Job) -> str:
    """Return the job as it is sent. Certificates go as text. The documents that it knows stay with us; a document whose
    file is lost is fetched anew."""
    folder = Path(job.documents_dir)
    targets = tuple(replace(t, documents=_had(t.documents, folder)) for t in job.targets)
    texts = {host: Path(file).read_text(encoding="utf-8") for host, file in job.http.extra_ca.items()}
    http, options = replace(job.http, extra_ca=texts), job.options | {"kept_elsewhere": True}
    sent = replace(job, targets=targets, documents_dir="", http=http, options=options)
    return json.dumps(to_json(sent), ensure_ascii=False)


def inbound(text: str, folder: Path, *, private: bool) -> Job:
    """The job on a worker: it keeps its files in `folder`, and nothing in it names another place of this machine.
    `private`: this machine may ask private addresses, if the job wants them. Raises ValueError for what is no job."""
    try:
        job = job_from_json(json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a job: {type(error).__name__}: {error}") from error
    options = {name: value for name, value in job.options.items() if name not in OF_THE_OWNER}
    return replace(
        job, documents_dir=str(folder / "documents"), http=_http(job.http, folder, private=private), options=options
    )


def lines(closed: PolledTarget) -> str:
    """A closed target as JSON Lines."""
    return "".join(f"{json.dumps(to_json(item))}\n" for item in (*closed.records, closed.poll))


def opened(text: str, target: str, job: Job) -> PolledTarget:
    """The closed target that came back for a job's target. Raises ValueError where it is something else."""
    found = list(closed_targets(text.splitlines(), "line"))
    if len(found) != 1:
        raise ValueError(f"{len(found)} targets came for one")
    poll = found[0].poll
    if (poll.run, poll.source, poll.target) != (job.run, job.source, target):
        raise ValueError(f"what came is of {poll.source} {poll.target} in the run {poll.run}")
    return found[0]


def _had(documents: Mapping[str, Known], folder: Path) -> dict[str, Known]:
    here = {key for key, known in documents.items() if not known.sha256 or (folder / file_of(known.sha256)).exists()}
    return {key: known if key in here else _unseen(known) for key, known in documents.items()}


def _unseen(known: Known) -> Known:
    """Without what would let a site answer that it has not changed."""
    return replace(known, etag=None, last_modified=None)


def _http(http: Http, folder: Path, *, private: bool) -> Http:
    files: dict[str, str] = {}
    for number, (host, text) in enumerate(http.extra_ca.items()):
        path = folder / f"certificate-{number}.pem"
        path.write_text(text, encoding="utf-8")
        files[host] = str(path)
    allowed = private and http.allow_private_addresses
    return replace(http, extra_ca=files, allow_private_addresses=allowed, named_may_be_local=private)
