"""A small server on the loopback that answers as OSRM and Valhalla do, or as no server should."""

import json
import math
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def seconds(start: tuple[float, float], end: tuple[float, float], pace: float) -> float | None:
    """Seconds by the seconds of one degree; no way leads across the parallel of 40 degrees."""
    if (start[1] > 40) != (end[1] > 40):
        return None
    return round(pace * math.hypot(start[0] - end[0], start[1] - end[1]), 1)


PACE = {"foot": 6_000.0, "bike": 2_000.0, "pedestrian": 6_000.0, "bicycle": 2_000.0}


class Handler(BaseHTTPRequestHandler):
    """Answers a request and notes it; `server.answer` answers otherwise where it is set."""

    server: "RoadServerPuppet"

    def do_GET(self) -> None:
        """OSRM's table service."""
        address = urlsplit(self.path)
        _, service, version, profile, places = address.path.split("/")
        assert (service, version) == ("table", "v1")
        options = {
            name: values[0] for name, values in parse_qs(address.query, separator="&").items()
        }
        points = [tuple(map(float, point.split(","))) for point in places.split(";")]
        self.server.asked.append((profile, len(points), dict(self.headers)))
        if len(points) > self.server.most_places:
            self._send({"code": "TooBig", "message": "Too many table coordinates"}, 400)
            return
        assert options["annotations"] == "duration,distance"
        starts = [points[number] for number in _numbers(options.get("sources"), len(points))]
        ends = [points[number] for number in _numbers(options.get("destinations"), len(points))]
        times = [[seconds(start, end, PACE[profile]) for end in ends] for start in starts]
        self._send(
            {
                "code": "Ok",
                "durations": times,
                "distances": [[None if t is None else 1.5 * t for t in row] for row in times],
                "sources": [_waypoint(point) for point in starts],
                "destinations": [_waypoint(point) for point in ends],
            }
        )

    def do_POST(self) -> None:
        """Valhalla's matrix."""
        assert self.path == "/sources_to_targets"
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        starts = [(place["lon"], place["lat"]) for place in body["sources"]]
        ends = [(place["lon"], place["lat"]) for place in body["targets"]]
        self.server.asked.append((body["costing"], len(starts) + len(ends), dict(self.headers)))
        if max(len(starts), len(ends)) > self.server.most_places:
            error = {"error_code": 150, "error": "Exceeded max locations:50", "status_code": 400}
            self._send(error, 400)
            return
        rows: list[list[dict[str, Any]]] = []
        for number, start in enumerate(starts):
            times = [seconds(start, end, PACE[body["costing"]]) for end in ends]
            rows.append(
                [
                    {
                        "distance": None if time is None else round(0.0015 * time, 3),
                        "time": None if time is None else round(time),
                        "to_index": target,
                        "from_index": number,
                    }
                    for target, time in enumerate(times)
                ]
            )
        answer: dict[str, Any] = {"sources_to_targets": rows, "units": "kilometers"}
        if self.server.concise:
            names = {"durations": "time", "distances": "distance"}
            answer["sources_to_targets"] = {
                name: [[way[field] for way in row] for row in rows] for name, field in names.items()
            }
        self._send({**answer, "algorithm": "costmatrix"})

    def _send(self, answer: Any, status: int = 200) -> None:
        body = json.dumps(answer).encode()
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        if self.server.answer is not None:
            status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.server.drip:
            while not self.server.closing:
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.02)
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class RoadServerPuppet(ThreadingHTTPServer):
    """The server. answer: status, headers and body of every answer. drip: a byte now and then, for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, int, dict[str, str]]] = []
        self.answer: tuple[int, dict[str, str], bytes] | None = None
        self.most_places = 100
        self.concise = self.drip = self.closing = False

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *arguments: object) -> None:
        """A client that hangs up is none."""


def _numbers(option: str | None, count: int) -> list[int]:
    return list(range(count)) if option is None else [int(number) for number in option.split(";")]


def _waypoint(point: tuple[float, ...]) -> dict[str, Any]:
    return {"hint": "x" * 80, "distance": 4.2, "name": "佳宏路", "location": list(point)}
