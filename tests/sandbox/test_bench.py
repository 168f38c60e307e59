"""The measurement ends in time and its figures fit together."""

from bot.sandbox.bench import measure


def test_a_small_measurement_gives_every_figure() -> None:
    figures = measure(commands=40, messages=300, seconds=2)
    assert figures["messages"] == 300
    assert 0 < figures["command_p50_ms"] <= figures["command_p99_ms"]
    assert 0 < figures["post_p50_ms"] <= figures["post_p99_ms"]
    assert figures["command_cost_ratio"] > 0
    assert figures["commands_of_eight_people_per_second"] > 0


def test_a_measurement_stops_when_its_time_is_over() -> None:
    figures = measure(commands=1_000_000, messages=1_000_000, seconds=0.5)
    assert figures["messages"] < 1_000_000
