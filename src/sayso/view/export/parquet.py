"""Parquet: typed columns, one row group after the other, so that memory does not grow with the table.

Takes   statements or events.
Gives   a row each, columns as in rows.py; what a column holds stands in its field's metadata as well.
Needs   pyarrow.
Limits  rows wait until a group is full; a file that breaks off has no footer and opens nowhere.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.version import __version__
from sayso.view.export.columns import Column, Kind, Value, values
from sayso.view.export.context import Deed, Said
from sayso.view.export.part import Part
from sayso.view.export.rows import EVENTS, STATEMENTS

GROUP = 10_000  # rows: some 10 MB before compression, and enough for readers that skip groups
_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(), "texts": pa.list_(pa.string()), "integer": pa.int64(), "integers": pa.list_(pa.int64()), "number": pa.float64(),
    "day": pa.date32(), "yes/no": pa.bool_(),
}  # fmt: skip


def schema(columns: tuple[Column, ...]) -> pa.Schema:
    fields = [pa.field(column.name, _TYPES[column.kind], metadata={"description": column.holds}) for column in columns]
    return pa.schema(fields, metadata={"made_by": f"sayso {__version__}"})


class ParquetWriter:
    def __init__(self, out: BinaryIO, columns: tuple[Column, ...], group: int = GROUP) -> None:
        self.columns, self.group, self.schema = columns, group, schema(columns)
        self.file = pq.ParquetWriter(out, self.schema, compression="zstd")
        self.rows: list[list[Value]] = []

    def add(self, item: Any) -> int:
        self.rows.append(values(self.columns, item))
        if len(self.rows) == self.group:
            self._put()
        return 1

    def close(self) -> None:
        self._put()
        self.file.close()

    def _put(self) -> None:
        if self.rows:
            by_column = zip(*self.rows, strict=True)
            arrays = [pa.array(list(given), type=field.type) for given, field in zip(by_column, self.schema, strict=True)]
            self.file.write_table(pa.Table.from_arrays(arrays, schema=self.schema))
            self.rows = []


PARTS = (
    Part(name="statements", takes=(Said,), open=lambda out: ParquetWriter(out, STATEMENTS), columns=STATEMENTS),
    Part(name="events", takes=(Deed,), open=lambda out: ParquetWriter(out, EVENTS), columns=EVENTS),
)
