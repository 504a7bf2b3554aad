"""What is read in the hand-coded sets of this project does not get worse: `armslength evaluate` against `bench/floors.toml`."""

from pathlib import Path

import pytest

from armslength.cli import main

BENCH = Path(__file__).parents[2] / "bench"
SETS = sorted(path.name for path in (BENCH / "gold").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_below_its_floor(name, capsys):
    folder = BENCH / "gold" / name
    code = main.run(["evaluate", str(folder / "gold.json"), str(folder), "--floors", str(BENCH / "floors.toml")])
    told = capsys.readouterr()
    assert code == 0, told.out + told.err
