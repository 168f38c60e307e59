"""`python -m bot`: every process and tool of the product."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.processes.parent import end_at_end_of_input, end_without
from bot.settings import SettingsError, read_settings
from storage.connection.place import PlaceError, check_place

ROOT = Path(__file__).parent.parent
cli = typer.Typer(no_args_is_help=True, add_completion=False)


def _say_version(wanted: bool) -> None:
    if wanted:
        from bot.delivery.version import version

        typer.echo(f"Rapporteur {version()}")
        raise typer.Exit


@cli.callback()
def product(
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
    with_parent: Annotated[bool, typer.Option(hidden=True, help="End when standard input does.")] = False,
    parent: Annotated[int, typer.Option(hidden=True, help="End when this is not our parent process any more.")] = 0,
) -> None:
    """Rapporteur, the cabinet's bot."""
    if with_parent:
        end_at_end_of_input()
    if parent:
        end_without(parent)


@cli.command()
def web() -> None:
    """Answer Slack over HTTP, or over Socket Mode when SLACK_APP_TOKEN is set."""
    from bot.requests.server import serve_web

    check_place(read_settings(for_slack=True).database_url)
    serve_web()


@cli.command()
def worker() -> None:
    """Deliver messages and keep schedules."""
    from bot.processes.run import run_worker

    check_place(read_settings(for_slack=True).database_url)
    run_worker()


@cli.command()
def run() -> None:
    """Web and worker in one process, for a small mission; migrates the database first."""
    from bot.requests.server import serve_web

    read_settings(for_slack=True)
    migrate()
    serve_web(with_worker=True)


@cli.command()
def migrate() -> None:
    """Bring the database to the newest shape."""
    from storage.database import Database
    from storage.migrate import UnknownShapeError, upgrade

    url = read_settings().database_url
    check_place(url)
    database = Database(url)
    try:
        upgrade(database)
    except UnknownShapeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    finally:
        database.dispose()
    typer.echo("The database is up to date.")


@cli.command()
def revision(
    change: Annotated[str, typer.Argument(help="What changes, in a few words: the file's name and first line.")],
    by_hand: Annotated[bool, typer.Option(help="Write an empty one, for a change of rows.")] = False,
) -> None:
    """Write the next migration, from what the tables in the code have and the migrations lack."""
    from bot.app import wall_clock
    from bot.tools.revision import NothingChangedError, write_revision

    try:
        path = write_revision(change, wall_clock(), by_hand=by_hand)
    except NothingChangedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{path.relative_to(ROOT)} is written. Read it before you commit it.")


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page answers.")] = 8065,
    data: Annotated[Path, typer.Option(help="Where the demo keeps everything.")] = ROOT / "demo-data",
) -> None:
    """Play a mission on this machine: the product, and a local Slack with a page in the browser."""
    from bot.tools.demo.play import play

    play(port=port, data=data)


@cli.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Where the page and the API answer.")] = 8065,
    seed: Annotated[Path | None, typer.Option(help="Workspace, people, channels and apps, as YAML or JSON.")] = None,
    data: Annotated[Path | None, typer.Option(help="Keep everything in this folder.")] = None,
    strict: Annotated[bool, typer.Option(help="Apply Slack's rate limits and refuse unknown arguments.")] = False,
) -> None:
    """A local Slack for any Slack app."""
    from bot.sandbox.server import serve

    serve(port=port, seed=seed, data=data, strict=strict)


@cli.command()
def manifest(
    write: Annotated[bool, typer.Option(help="Write manifest.yaml, docs/commands.md and docs/kit.md.")] = False,
    url: Annotated[str, typer.Option(help="Your public address, for HTTP instead of Socket Mode.")] = "",
) -> None:
    """Print the app manifest to paste into Slack."""
    import yaml

    from bot.requests.help import commands_page
    from bot.rooms import find_rooms
    from bot.tools.kit_page import kit_page
    from bot.tools.manifest import manifest as build_manifest
    from bot.tools.manifest import manifest_text

    prefix = read_settings().command_prefix
    house = find_rooms(prefix)
    if write:
        (ROOT / "manifest.yaml").write_text(manifest_text(house), encoding="utf-8")
        (ROOT / "docs" / "commands.md").write_text(commands_page(house), encoding="utf-8")
        (ROOT / "docs" / "kit.md").write_text(kit_page(), encoding="utf-8")
        return
    if url or prefix:
        document = build_manifest(house, prefix=prefix, socket_mode=not url, url=url)
        typer.echo(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110))
        return
    typer.echo(manifest_text(house))


@cli.command(name="export")
def export_all(file: Annotated[Path, typer.Argument(help="Where to write.")]) -> None:
    """Write the whole database to one file, to keep or to move."""
    from bot.tools.transfer import write_export
    from storage.database import Database

    counts = write_export(Database(read_settings().database_url), file)
    typer.echo(f"{sum(counts.values())} rows of {len(counts)} tables are in {file}.")


@cli.command(name="import")
def import_all(file: Annotated[Path, typer.Argument(help="A file of `export`.")]) -> None:
    """Read an export into a new, migrated database."""
    from bot.app import wall_clock
    from bot.tools.transfer import TransferError, restore
    from storage.database import Database

    database = Database(read_settings().database_url)
    try:
        counts = restore(database, file, wall_clock())
    except (TransferError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{sum(counts.values())} rows of {len(counts)} tables were read from {file}.")


@cli.command()
def words(language: Annotated[str, typer.Argument(help="Its code, such as fr; a new one makes new files.")]) -> None:
    """Bring a language's translations up to date with the code, and list what is left to translate."""
    from bot.tools.translations import main as renew

    renew(language)


@cli.command()
def doctor() -> None:
    """Say what is wrong with this installation, and what to do about it."""
    from bot.tools.doctor import examine

    findings = list(examine(read_settings()))
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.well is False for finding in findings):
        raise typer.Exit(1)


@cli.command()
def bench(
    json: Annotated[Path | None, typer.Option(help="Also write the figures to this file.")] = None,
    page: Annotated[Path | None, typer.Option(help="Renew the figures in this page: docs/performance.md.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Measure only what has this word in its name.")] = None,
    seconds: Annotated[float, typer.Option(help="Seconds a round.")] = 1.0,
    rounds: Annotated[int, typer.Option(help="Rounds; the median counts.")] = 3,
    requests: Annotated[int, typer.Option(help="Requests before memory is read again.")] = 10_000,
    messages: Annotated[int, typer.Option(help="Messages before memory is read again.")] = 2_000,
    minutes: Annotated[float, typer.Option(help="After so many nothing new is begun.")] = 30.0,
    postgres: Annotated[str | None, typer.Option(help="A PostgreSQL server on which databases may be made.")] = None,
) -> None:
    """Measure speed and memory on this machine, as ratios to the bare server; takes about ten minutes."""
    from bot.tools.bench.bench import Effort
    from bot.tools.bench.rows import renew
    from bot.tools.bench.run import run

    result = run(
        Effort(seconds, rounds, requests, messages, minutes),
        only=only or (),
        postgres=postgres,
        say=lambda line: typer.echo(line, err=True),
    )
    typer.echo(result.as_markdown())
    if json is not None:
        json.write_text(result.as_json() + "\n", encoding="utf-8")
    if page is not None:
        renew(page, result)


@cli.command(name="bench-bare", hidden=True)
def bench_bare(name: str, port: int, _mission: Annotated[str, typer.Argument()] = "") -> None:
    """Serve what the product is compared with."""
    from bot.tools.bench.bare import serve

    serve(name, port)


@cli.command(name="bench-counted", hidden=True)
def bench_counted(mission: Path) -> None:
    """Send the requests whose instructions are counted."""
    from bot.tools.bench.counted import run

    run(mission)


@cli.command(name="demo-mission", hidden=True)
def demo_mission() -> None:
    """Fill an empty database with the demo's mission."""
    from bot.tools.demo.preparation import prepare

    migrate()
    prepare(read_settings(for_slack=True))


def main() -> None:
    """Run a command; settings and places that cannot be used are told without a traceback."""
    try:
        cli()
    except SettingsError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except PlaceError as error:
        typer.echo(str(error), err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
