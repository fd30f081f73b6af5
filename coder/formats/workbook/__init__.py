"""Tables out as an Excel workbook with native charts."""

from coder.formats.workbook.charts import Chart
from coder.formats.workbook.fitting import sheet_name
from coder.formats.workbook.writing import Properties, workbook_bytes, write_workbook

__all__ = ["Chart", "Properties", "sheet_name", "workbook_bytes", "write_workbook"]
