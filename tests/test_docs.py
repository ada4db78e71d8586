"""The documents tell the truth: the runs in the README, the commands, the files, the packaging.

`python -m tests.test_docs` puts fresh runs and a fresh picture into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml

from bot import __version__
from bot.__main__ import SUBCOMMANDS
from bot.config import find_unknown_variables
from bot.talk.commands import COMMANDS
from tests.support.program import ROOT, newsbot
from tools.picture import PICTURE, picture

README = ROOT / "README.md"
RUN = ("<!-- run: begin", "<!-- run: end -->")
DIGEST = ("<!-- digest: begin", "<!-- digest: end -->")
QUESTIONS = (
    "what did Brandvold say about observers?",
    "how many were evacuated?",
    "who won the chess championship?",
)
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND_LINE = "printf '%s\\n' " + " ".join(f'"{q}"' for q in QUESTIONS) + " | make chat"


DIGEST_OPTIONS = ("--topic", "flood", "--since", "2025-03-19", "--until", "2025-03-25")


def part_of(readme: str, marks: tuple[str, str]) -> str:
    """What stands between the marks in the README."""
    return readme.partition(marks[0])[2].partition("-->\n")[2].partition(marks[1])[0]


def fresh_run() -> str:
    """The run as the README should show it, made now."""
    said = newsbot("chat", stdin="\n".join(QUESTIONS) + "\n").out.rstrip("\n")
    return f"```console\n$ {COMMAND_LINE}\n{said}\n```\n"


def fresh_digest(folder: Path) -> str:
    """The digest of the samples as the README should show it, made now."""
    store = folder / "samples.db"
    newsbot("add", ROOT / "bot" / "samples" / "articles.jsonl", "--db", store)
    said = newsbot("digest", *DIGEST_OPTIONS, "--db", store).out.rstrip("\n")
    added = "newsbot add bot/samples/articles.jsonl --db samples.db"
    asked = " ".join(["newsbot digest", *DIGEST_OPTIONS, "--db samples.db"])
    return f"```console\n$ {added}\n$ {asked}\n{said}\n```\n"


def test_the_run_in_the_readme_is_what_one_gets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert part_of(README.read_text(encoding="utf-8"), RUN) == fresh_run()


def test_the_digest_in_the_readme_is_what_one_gets(tmp_path: Path) -> None:
    assert part_of(README.read_text(encoding="utf-8"), DIGEST) == fresh_digest(tmp_path)


# ------------------------------------------------------------------------------ commands
def test_readme_and_help_name_the_same_commands() -> None:
    readme = README.read_text(encoding="utf-8")
    in_readme = set(re.findall(r"^\| `newsbot (\w+)", readme, re.MULTILINE))
    listed = newsbot("--help").out.partition("Commands:")[2]
    in_help = set(re.findall(r"^  (\w+) ", listed, re.MULTILINE))
    assert in_readme == in_help == {*SUBCOMMANDS, "run"}


def test_readme_names_each_command_of_the_chat() -> None:
    readme = README.read_text(encoding="utf-8")
    for command in COMMANDS:
        if command.menu:
            assert f"`/{command.name}" in readme


def test_each_option_in_the_readme_exists() -> None:
    readme = README.read_text(encoding="utf-8")
    for line in re.findall(r"^\| `newsbot ([^`]*)`", readme, re.MULTILINE):
        command, *rest = line.split()
        shown = newsbot(command, "--help").out
        for option in re.findall(r"--[a-z]+", " ".join(rest)):
            assert option in shown


def test_each_target_that_the_documents_name_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake (\w+)`", README.read_text(encoding="utf-8")))
    assert {"test", "bench", "run"} <= named <= targets
    assert {"chat", "run", "test", "check", "bench", "format", "clean", "constraints"} <= targets


# --------------------------------------------------------------------------------- pages
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:bot|handlers|tests|docs|benchmarks|tools)/[\w/.-]*)`", text):
        assert (ROOT / name).exists(), name


def test_decisions_are_numbered_and_have_their_four_parts() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name.partition("-")[0] for page in pages]
    assert numbers == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        heads = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert heads[:4] == ["Context", "Options", "Outcome", "Consequences"]


def test_changelog_begins_with_what_is_unreleased() -> None:
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


# ----------------------------------------------------------------------------- packaging
def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, version in pairs}


def test_each_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {normal(re.match(r"[\w.-]+", line)[0]) for line in wanted}  # type: ignore[index]
    assert names <= set(pins())


def test_pins_hold_no_place_to_fetch_from_and_nothing_for_training() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "@" not in text
    assert "torch" not in pins()


def test_container_starts_as_nobody_over_its_volume() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    steps = [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]
    assert ("USER", "newsbot") in steps
    assert ("VOLUME", "/data /backups") in steps
    assert ("ENV", "NEWSBOT_STORE=/data/newsbot.db") in steps
    stages = [words for step, words in steps if step == "FROM"]
    assert stages == ["python:3.11-slim AS build", "python:3.11-slim"]
    (check,) = [words for step, words in steps if step == "HEALTHCHECK"]
    assert yaml.safe_load(check.partition("CMD ")[2]) == ["newsbot", "doctor", "--running"]
    copies = [shlex.split(w) for step, w in steps if step == "COPY" and "--from" not in w]
    for name in (source for *sources, _ in copies for source in sources):
        assert (ROOT / name).exists()
        assert f"!{name}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_service_and_compose_set_what_there_is_to_set() -> None:
    unit = (ROOT / "deploy" / "newsbot.service").read_text(encoding="utf-8")
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    (service,) = compose["services"].values()
    named = dict.fromkeys(re.findall(r"NEWSBOT_[A-Z_]+", unit + " ".join(service["environment"])))
    assert find_unknown_variables(named) == []
    assert service["read_only"] is True
    targets = [volume.split(":")[1] for volume in service["volumes"]]
    assert targets == ["/data", "/backups"]
    assert set(compose["volumes"]) == {volume.split(":")[0] for volume in service["volumes"]}


def test_makefile_gives_a_sentence_where_python_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    done = subprocess.run(
        ["make", "-f", ROOT / "Makefile", "chat", f"PYTHON={old}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "newsbot needs Python 3.11 or newer" in done.stderr
    assert done.stdout == ""


def renewed(text: str, marks: tuple[str, str], fresh: str) -> str:
    """The README with `fresh` between the marks."""
    head, begin, rest = text.partition(marks[0])
    mark, end_of_mark, _ = rest.partition("-->\n")
    return head + begin + mark + end_of_mark + fresh + marks[1] + text.partition(marks[1])[2]


def test_the_picture_in_the_readme_is_what_one_gets() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder  # nobody's own talk, and nobody's own store
        readme = renewed(README.read_text(encoding="utf-8"), RUN, fresh_run())
        readme = renewed(readme, DIGEST, fresh_digest(Path(folder)))
    README.write_text(readme, encoding="utf-8")
