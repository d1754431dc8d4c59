"""`discourse measures`: what each measure is, by name or all of them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from discourse.cli.options import Json, print_json


def measures(
    name: Annotated[str | None, typer.Argument(help="One measure (default: all).", show_default=False)] = None,
    family: Annotated[
        str | None, typer.Option("--family", help="Only those of a family: stance, framing, lexical.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the measures with their units; with a name, its formula, unit and source.

    Example:

        $ discourse measures hedge_rate
    """
    from discourse.core.errors import unknown
    from discourse.measures import MEASURES

    chosen = [MEASURES.get(each) for each in ([name] if name else MEASURES)]
    if family is not None:
        families = sorted({each.family for each in chosen})
        if family not in families:
            raise unknown("family", family, families)
        chosen = [each for each in chosen if each.family == family]
    if as_json:
        print_json([_row(each) for each in chosen])
    elif name is not None:
        one = chosen[0]
        print(f"{one.name} ({one.family})\n{one.pl}; {one.en}\n\n{one.doc}")
    else:
        for each in chosen:
            print(f"{each.family:10}{each.name:34}{each.unit:26}{each.en}")


def _row(one: Any) -> dict[str, Any]:
    return {key: getattr(one, key) for key in ("name", "family", "pl", "en", "unit", "kind", "base", "doc")}
