"""Reliability plots as SVG: stated probability across, share right upwards, the diagonal is perfect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calibrating.fitting import Point

WIDTH, HEIGHT, COLUMNS = 300, 300, 3


def panel(title: str, points: Sequence[Point], left: float, top: float, low: float) -> list[str]:
    """One plot, its probabilities from `low` to 1; the circles carry the numbers of places."""

    def x(value: float) -> float:
        return round(left + 44 + (value - low) / (1 - low) * 236, 1)

    def y(value: float) -> float:
        return round(top + 256 - (value - low) / (1 - low) * 220, 1)

    parts = [
        f'<text x="{left + 160}" y="{top + 20}" text-anchor="middle" font-weight="bold">{title}</text>',
        f'<line x1="{x(low)}" y1="{y(low)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 3"/>',
    ]
    for step in range(6):
        tick = low + (1 - low) * step / 5
        parts.append(f'<text x="{x(tick)}" y="{top + 272}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{left + 38}" y="{y(tick) + 4}" text-anchor="end">{tick:.1f}</text>')
        parts.append(f'<line x1="{x(low)}" y1="{y(tick)}" x2="{x(1)}" y2="{y(tick)}" stroke="#eee"/>')
    places = [(x(max(low, stated)), y(max(low, share)), count) for stated, share, count in points]
    line = " ".join(f"{across},{up}" for across, up, _ in places)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1f5f99" stroke-width="1.5"/>')
    for across, up, count in places:
        parts.append(f'<circle cx="{across}" cy="{up}" r="4" fill="#1f5f99"/>')
        side = ("end", -7) if across > x(low) + 40 else ("start", 7)
        parts.append(f'<text x="{across + side[1]}" y="{up - 6}" text-anchor="{side[0]}">{count}</text>')
    return parts


def plot(panels: Mapping[str, tuple[Sequence[Point], float]]) -> str:
    """All plots in one picture: by title, the points and the least probability."""
    rows = -(-len(panels) // COLUMNS)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS * WIDTH + 20} {rows * HEIGHT + 30}" '
        'font-family="sans-serif" font-size="11" role="img" aria-label="Reliability of the comparisons">',
        f'<rect width="{COLUMNS * WIDTH + 20}" height="{rows * HEIGHT + 30}" fill="#fff"/>',
    ]
    for number, (title, (points, low)) in enumerate(panels.items()):
        parts += panel(title, points, number % COLUMNS * WIDTH + 14, number // COLUMNS * HEIGHT, low)
    parts.append(
        f'<text x="{COLUMNS * WIDTH / 2}" y="{rows * HEIGHT + 16}" text-anchor="middle">across: stated probability; '
        "upwards: share right; at the circles: number of places</text></svg>"
    )
    return "\n".join(parts) + "\n"
