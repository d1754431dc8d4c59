"""Batches on a Dask cluster, in order: one of this machine's own, or one that exists."""

from __future__ import annotations

import contextlib
import importlib.util
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from discourse.core.errors import DiscourseError
from discourse.core.progress import say
from discourse.experiment.engines.local import cores
from discourse.experiment.engines.order import in_order

if TYPE_CHECKING:
    from distributed import Client

A = TypeVar("A")
B = TypeVar("B")

_LOOK = 1.0  # seconds between two looks at the cluster while nothing is done
PATIENCE = 60.0  # seconds to wait for a first worker, or for one to come back


def installed() -> None:
    """Raises `DiscourseError` where Dask is not installed."""
    if importlib.util.find_spec("distributed") is None:
        raise DiscourseError("--engine dask needs Dask; install it: pip install 'discourse[dask]'")


def each(
    function: Callable[[A], B], batches: Iterable[A], workers: int = 2, scheduler: str | None = None
) -> Iterator[B]:
    """`function` of every batch, in the order of the batches, on the workers of a Dask cluster.

    Twice as many batches as there are threads are on their way at once. A batch whose worker dies is begun again on
    another. Raises `DiscourseError` where no scheduler answers, the scheduler or all workers are lost, a batch kills
    its worker again and again, or a worker has other code than this process.
    """
    from distributed.client import FuturesCancelledError
    from distributed.comm import CommClosedError

    with _client(max(1, workers), scheduler) as client:
        cluster = _Cluster(client, function, scheduler)
        try:
            yield from in_order(cluster, batches, 2 * cluster.threads())
        except (CommClosedError, FuturesCancelledError):  # the client has not noticed yet
            raise cluster.lost() from None


class _Cluster(Generic[A, B]):
    """A client and the batches that are on their way."""

    def __init__(self, client: Client, function: Callable[[A], B], scheduler: str | None) -> None:
        self.client, self.function = client, function
        self.where = scheduler or "this machine"
        self.held: dict[Any, int] = {}  # future → number of the batch
        self._mark = uuid.uuid4().hex[:8]
        self._seen = time.monotonic()

    def threads(self) -> int:
        return max(1, sum(worker["nthreads"] for worker in self.client.scheduler_info(-1)["workers"].values()))

    def submit(self, number: int, batch: A) -> None:
        name = f"batch-{self._mark}-{number}"
        self.held[self.client.submit(self.function, batch, key=name, pure=False)] = number

    def some(self) -> dict[int, B]:
        """What has been done since the last call, at least one batch."""
        from distributed import KilledWorker, wait
        from distributed.client import FutureCancelledError

        while True:
            with contextlib.suppress(TimeoutError), self.client.as_current():
                wait(list(self.held), timeout=_LOOK, return_when="FIRST_COMPLETED")
            # A result lost with its worker is being made again; its future is no more than waiting
            ready = [future for future in self.held if future.status not in ("pending", "lost")]
            if not ready:
                self._alive()
                continue
            found = {}
            for future in ready:
                number = self.held.pop(future)
                if future.status == "cancelled":
                    raise self.lost()
                try:
                    found[number] = future.result()
                except KilledWorker:
                    raise DiscourseError(
                        f"batch {number + 1} has killed its worker again and again, most often for want of memory; "
                        "what is finished stays"
                    ) from None
                except (FutureCancelledError, OSError) as error:
                    if self.client.status == "running" and isinstance(error, OSError):
                        raise
                    raise self.lost() from None
                future.release()
            self._seen = time.monotonic()
            return found

    def _alive(self) -> None:
        """Raises `DiscourseError` where there has been no scheduler or no worker for too long."""
        if self.client.status in ("closed", "closing"):
            raise self.lost()
        workers = self.client.scheduler_info(-1)["workers"] if self.client.status == "running" else {}
        if workers:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > PATIENCE:
            raise DiscourseError(
                f"the Dask scheduler at {self.where} has had no worker for {PATIENCE:.0f} s; "
                "what is finished stays; start workers and run the same command again"
            )

    def lost(self) -> DiscourseError:
        return DiscourseError(
            f"the Dask scheduler at {self.where} was lost; what is finished stays; run the same command again"
        )


@contextlib.contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Client]:
    """A client of the scheduler, or of a cluster of our own on the loopback address; left behind is neither."""
    import logging

    import dask
    from distributed import Client, LocalCluster

    for name in ("distributed", "distributed.client", "distributed.core", "distributed.batched"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they say is said in our own words
    settings = {"distributed.comm.timeouts.connect": "10s", "distributed.comm.retry.count": 0}
    with dask.config.set(settings), contextlib.ExitStack() as stack:
        if scheduler is None:
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    memory_limit=0,  # as with the local engine, memory is the system's affair
                    env={"POLARS_MAX_THREADS": str(max(1, cores() // workers))},
                    silence_logs=logging.CRITICAL,
                )
            )
            address = cluster.scheduler_address
        else:
            address = scheduler
        try:
            client = stack.enter_context(Client(address, timeout=10, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise DiscourseError(f"no Dask scheduler with a worker answers at {scheduler}; is it running?") from None
        except (OSError, ValueError) as error:
            raise DiscourseError(f"no Dask scheduler answers at {scheduler}: {error}") from None
        if scheduler is not None:
            _same_code(client, scheduler)
        yield client


def _same_code(client: Client, scheduler: str) -> None:
    """Raises `DiscourseError` where a worker would make other bytes than this process."""
    try:
        found = client.run(code_here, on_error="return")
    except OSError as error:
        raise DiscourseError(f"the Dask workers at {scheduler} do not answer: {error}") from None
    for worker, code in found.items():
        if isinstance(code, BaseException):
            raise DiscourseError(f"the Dask worker {worker} has no discourse that can be used: {code}")
        if code != code_here():
            raise DiscourseError(
                f"the Dask worker {worker} has other code, lexicons or libraries than this process; "
                "install the same version on all machines"
            )
    say(f"{len(found)} Dask workers at {scheduler}")


def code_here() -> str:
    """One digest over code, lexicons, weights, dictionary and libraries of this process."""
    import json

    from discourse.experiment.record import sources

    return json.dumps(sources(), sort_keys=True)
