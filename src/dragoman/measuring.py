"""The commands that measure, train and check: ``dragoman eval``, ``model`` and ``types``. As thin as cli.py, which holds the rest."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.console import say
from dragoman.errors import DragomanError

evaluations = typer.Typer(help="Measure dragoman on labelled data.", no_args_is_help=True)
models = typer.Typer(help="Train the classifier, and check the text that it is trained on.", no_args_is_help=True)
types = typer.Typer(help="Event types of your own.", no_args_is_help=True)

FAILED = 1
PredictionsOption = Annotated[Path | None, typer.Option("--predictions", help="Write what was predicted for every row to this file.")]
ErrorsOption = Annotated[Path | None, typer.Option("--errors", help="Write the errors by class there.  [default: eval/NAME-errors.tsv]")]

ModelOption = Annotated[Path | None, typer.Option("--model", help="A folder with a model.  [default: the one of the package]")]
CorpusArgument = Annotated[Path, typer.Argument(help="The folder of labelled text, with the parts train and test.")]


@evaluations.command("types")
def eval_types(
    file: Annotated[Path, typer.Argument(help="Tab-separated: sentence, source, target, root.")],
    predictions: PredictionsOption = None,
    errors: ErrorsOption = None,
) -> None:
    """Event types of given pairs: macro-F1, accuracy, quad accuracy, by class.

    Example:

        dragoman eval types ../shared/gold/event_types_dev.tsv --predictions types.tsv
    """
    from dragoman.learn import types

    _evaluate(types.evaluate, file, predictions, errors, "types")


@evaluations.command("sides")
def eval_sides(
    file: Annotated[Path, typer.Argument(help="JSON lines: tokens, tags (B-S, I-S, B-T, I-T), quad.")],
    predictions: PredictionsOption = None,
    errors: ErrorsOption = None,
) -> None:
    """Sources and targets: precision, recall and F1 of words and whole mentions.

    Example:

        dragoman eval sides ../shared/gold/source_target_dev.jsonl
    """
    from dragoman.learn import sides

    _evaluate(sides.evaluate, file, predictions, errors, "sides")


@evaluations.command("statements")
def eval_statements(
    folder: Annotated[Path, typer.Argument(help="A folder of articles and annotations as gold/polnear/dev.")],
    predictions: PredictionsOption = None,
    errors: ErrorsOption = None,
) -> None:
    """Attributions: F1 of sources, cues and contents, and of sources with the right head.

    Example:

        dragoman eval statements ../shared/gold/polnear/dev --predictions attributions.jsonl
    """
    from dragoman.learn import statements

    _evaluate(statements.evaluate, folder, predictions, errors, "statements")


@evaluations.command("dates")
def eval_dates(
    file: Annotated[Path, typer.Argument(help="JSON lines: text, published, timexes with start, end, text, type, value (TIMEX3).")],
    predictions: PredictionsOption = None,
    errors: ErrorsOption = None,
) -> None:
    """Dates: precision, recall and F1 of finding them and of their values, by class.

    Example:

        dragoman eval dates ../shared/gold/dates_dev.jsonl --predictions dates.jsonl
    """
    from dragoman.learn import dates

    _evaluate(dates.evaluate, file, predictions, errors, "dates")


@evaluations.command("places")
def eval_places(
    file: Annotated[Path, typer.Argument(help="JSON lines: id, text, places with start, end, lat, lon.")],
    predictions: PredictionsOption = None,
    errors: ErrorsOption = None,
) -> None:
    """Places: precision, recall and F1 of finding them, and the share of those found that is within 161 km, by kind.

    Example:

        dragoman eval places ../shared/gold/places_dev.jsonl --predictions places.jsonl
    """
    from dragoman.learn import places

    _evaluate(places.evaluate, file, predictions, errors, "places")


def _evaluate(evaluate: Any, data: Path, predictions: Path | None, errors: Path | None, name: str) -> None:
    if not data.exists():
        raise DragomanError(f"there is no {data}: the labelled data is no part of dragoman, name a file of your own")
    errors = errors or Path("eval") / f"{name}-errors.tsv"
    for written in (errors, predictions or errors):
        if written.exists() and written.samefile(data):
            raise DragomanError(f"{written} is the labelled data and would be lost: write to another file")
        written.parent.mkdir(parents=True, exist_ok=True)
    try:
        figures = evaluate(data, predictions, errors)
    except (UnicodeError, csv.Error) as error:
        raise DragomanError(f"{data} is no text in UTF-8 of the shape wanted ({error}); dragoman eval {name} --help shows it") from error
    for line in figures.lines():
        typer.echo(line)
    say(f"errors by class: {errors}")


@evaluations.command("model")
def eval_model(
    folder: Annotated[Path, typer.Argument(help="A folder of labelled text, such as corpus/test.")],
    model: ModelOption = None,
) -> None:
    """The classifier on labelled words: types, modes, auxiliary modes, contexts, calibration, bias to countries.

    Example:

        dragoman eval model corpus/test
    """
    from dragoman.learn import judgements

    for line in judgements.evaluate(folder, model).lines():
        typer.echo(line)


@models.command("check")
def model_check(
    corpus: CorpusArgument,
    gold: Annotated[Path | None, typer.Option("--gold", help="A folder with labelled data of which nothing may be in the corpus.")] = None,
) -> None:
    """Check the labelled text: its notation, how much there is of what, repetitions, sentences from elsewhere.

    Example:

        dragoman model check corpus --gold ../shared/gold

    The exit status is 1 where it falls short.
    """
    from dragoman.learn import checks

    forbidden: Iterable[str] = ()
    if gold is not None and gold.is_dir():
        forbidden = checks.sentences_in(gold)
    else:
        say("no folder of labelled data is given (--gold), so nothing is compared with it")
    report = checks.check(corpus, forbidden)
    for line in report.lines():
        typer.echo(line)
    if report.failures:
        raise typer.Exit(FAILED)


@models.command("train")
def model_train(
    corpus: CorpusArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder in which the model is written.")],
) -> None:
    """Train the classifier. Needs the packages of the extra "train" (about 6 GB; `make train` installs them), and an hour on two cores.

    Example:

        dragoman model train corpus --out src/dragoman/events/model
    """
    try:
        from dragoman.learn import model
    except ModuleNotFoundError as error:
        raise DragomanError(f"{error.name} is missing: install dragoman[train], or use `make train`") from error
    model.train(corpus, out, report=typer.echo)


@types.command("check")
def types_check(file: Annotated[Path, typer.Argument(help="YAML with types: name, definition, like, examples, counterexamples.")]) -> None:
    """Tell by cross-validation how well types of your own will be recognised, and which examples are confused.

    Example:

        dragoman types check mine.yaml
    """
    from dragoman.events import custom, encoder
    from dragoman.learn.custom_check import check

    model = encoder.load()
    for one in custom.read(file, model):
        for line in check(one, model).lines():
            typer.echo(line)
