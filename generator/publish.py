"""The hook through which MkDocs gets the register: pages in memory, hand-written ones filled, a policy on every page.

The only module that knows MkDocs.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from generator import pipeline, render
from generator.model import Settings

_SEARCH = '<div class="md-search" data-md-component="search" role="dialog"'  # the theme gives its dialog no name
log = logging.getLogger("mkdocs.asreported")
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
_POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)


def settings(root: Path) -> Settings:
    """Name, addresses and branch as `mkdocs.yml` has them, the one place where they are set."""
    return _settings(load_config(str(root / "mkdocs.yml"), hooks=[]))


def _settings(config: MkDocsConfig) -> Settings:
    return Settings(
        site_name=config.site_name,
        site_url=config.site_url or "",
        repo_url=config.extra.get("repo_url") or "",
        branch=config.extra.get("branch") or "main",
    )


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build the register before MkDocs empties its output folder; with an error in it, stop there."""
    built = pipeline.build(Path(config.config_file_path).parent, _settings(config), datetime.now(UTC).date())
    for problem in built.problems:
        log.log(logging.ERROR if problem.level == "error" else logging.INFO, "%s", problem)
    if not built.sound:
        raise Abort("The register has mistakes; nothing was published.")
    config.extra["built"] = built
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to the hand-written ones."""
    for page in config.extra["built"].pages:
        files.append(File.generated(config, page.path, content=page.text))
    return files


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Fill the places of a hand-written page."""
    if page.file.generated_by:
        return markdown
    try:
        return render.fill(markdown, config.extra["built"].catalogue, page.file.src_uri)
    except ValueError as error:
        raise PluginError(str(error)) from None


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Put the policy into a page."""
    return _guarded(output, config)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Put the policy into the page for addresses that do not exist."""
    return _guarded(output_content, config) if template_name.endswith(".html") else output_content


def _guarded(output: str, config: MkDocsConfig) -> str:
    """Forbid the page everything that is not its own: scripts by their digest, nothing from another host.

    `mkdocs serve` puts a script into each page after us, the one that loads the page anew: there, and nowhere else,
    every script of the page may run.
    """
    served = urlsplit(config.site_url or "").netloc == str(config.dev_addr)
    content = _POLICY.format(scripts="'unsafe-inline'") if served else policy(output)
    output = output.replace(_SEARCH, f'{_SEARCH} aria-label="Search"', 1)
    return output.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{content}">', 1)


def policy(html: str) -> str:
    """The content security policy of one page, with the digests of the scripts that stand in it."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(html))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return _POLICY.format(scripts=hashes)
