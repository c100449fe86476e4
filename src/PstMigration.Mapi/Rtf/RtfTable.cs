using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The rows of one table. RTF gives each row its own cell edges; the columns of the HTML table are the edges of all rows.
/// </summary>
internal sealed class RtfTable
{
    /// <summary>Edges closer than this, in twips, are one.</summary>
    private const int Tolerance = 20;
    private readonly List<Row> _rows = [];
    private List<string> _cells = [];

    public void AddCell(string html) => _cells.Add(html);

    public void EndRow(RtfRowDefinition definition)
    {
        if (_cells.Count > 0)
        {
            _rows.Add(new Row(definition, _cells));
            _cells = [];
        }
    }

    /// <summary>Cells whose row never ended; their text must not be lost.</summary>
    public string TakeLooseCells()
    {
        string html = string.Concat(_cells);
        _cells.Clear();
        return html;
    }

    public string ToHtml(RtfColors colors)
    {
        if (_rows.Count == 0)
        {
            return "";
        }

        int[] edges = FindEdges();
        List<List<Cell>> grid = _rows.ConvertAll(row => Place(row, edges));
        MergeDown(grid);
        StringBuilder html = new("<table cellspacing=\"0\" cellpadding=\"0\" style=\"border-collapse:collapse\">\n");
        foreach (List<Cell> row in grid)
        {
            html.Append("<tr>\n");
            foreach (Cell cell in row.Where(c => !c.IsCovered))
            {
                cell.Write(html, colors);
            }

            html.Append("</tr>\n");
        }

        return html.Append("</table>\n").ToString();
    }

    private int[] FindEdges()
    {
        List<int> edges = [];
        int last = int.MinValue;
        foreach (int edge in _rows.SelectMany(r => r.Definition.Cells.Select(c => c.Right).Append(r.Definition.Left)).OrderBy(e => e))
        {
            if (edges.Count == 0 || (long)edge - last > Tolerance)
            {
                edges.Add(edge);
                last = edge;
            }
        }

        return [.. edges];
    }

    private static List<Cell> Place(Row row, int[] edges)
    {
        List<Cell> cells = [];
        int column = ColumnOf(edges, row.Definition.Left);
        int leftEdge = row.Definition.Left;
        for (int i = 0; i < row.Cells.Count; i++)
        {
            RtfCellDefinition? definition = i < row.Definition.Cells.Count ? row.Definition.Cells[i] : null;
            int end = definition is null ? column + 1 : Math.Max(ColumnOf(edges, definition.Right), column + 1);
            if (definition is { ContinuesHorizontalMerge: true } && cells.Count > 0)
            {
                cells[^1].Span += end - column;
                cells[^1].Html.Append(row.Cells[i]);
            }
            else
            {
                int width = definition is null ? 0 : (int)Math.Min(Math.Max((long)definition.Right - leftEdge, 0), 31680);
                cells.Add(new Cell(row.Cells[i], definition, column, end - column, width, row.Definition.Gap));
            }

            leftEdge = definition?.Right ?? leftEdge;
            column = end;
        }

        return cells;
    }

    private static int ColumnOf(int[] edges, int edge)
    {
        int found = Array.BinarySearch(edges, edge);
        return found >= 0 ? found : Math.Max(~found - 1, 0);
    }

    private static void MergeDown(List<List<Cell>> grid)
    {
        Dictionary<int, Cell> open = [];
        foreach (List<Cell> row in grid)
        {
            Dictionary<int, Cell> next = [];
            foreach (Cell cell in row)
            {
                if (cell.Definition is { ContinuesVerticalMerge: true } && open.TryGetValue(cell.Column, out Cell? start))
                {
                    start.Rows++;
                    cell.MoveTextTo(start);
                    cell.IsCovered = true;
                    next[cell.Column] = start;
                }
                else if (cell.Definition is { StartsVerticalMerge: true })
                {
                    next[cell.Column] = cell;
                }
            }

            open = next;
        }
    }

    private sealed record Row(RtfRowDefinition Definition, List<string> Cells);

    private sealed class Cell(string html, RtfCellDefinition? definition, int column, int span, int width, int gap)
    {
        private const string EmptyParagraph = ">&nbsp;</p>\n";

        public StringBuilder Html { get; } = new(html);

        public RtfCellDefinition? Definition { get; } = definition;

        public int Column { get; } = column;

        public int Span { get; set; } = span;

        public int Rows { get; set; } = 1;

        public bool IsCovered { get; set; }

        /// <summary>Gives the text of a covered cell to the one that covers it; an empty paragraph is not worth it.</summary>
        public void MoveTextTo(Cell start)
        {
            string text = Html.ToString();
            if (text.Length > 0 && text.IndexOf(EmptyParagraph, StringComparison.Ordinal) != text.Length - EmptyParagraph.Length)
            {
                start.Html.Append(text);
            }
        }

        public void Write(StringBuilder target, RtfColors colors)
        {
            target.Append("<td");
            AppendCount(target, "colspan", Span);
            AppendCount(target, "rowspan", Rows);
            target.Append(" style=\"padding:0 ").Append(RtfBlocks.Points(gap)).Append(";vertical-align:").Append(Definition?.VerticalAlign ?? "top");
            if (width > 0)
            {
                target.Append(";width:").Append(RtfBlocks.Points(width));
            }

            if (Definition is not null && colors[Definition.Background] is string background)
            {
                target.Append(";background-color:").Append(background);
            }

            foreach (KeyValuePair<string, RtfBorder> border in Definition?.Borders ?? [])
            {
                target.Append(";border-").Append(border.Key).Append(':').Append(border.Value.ToCss(colors));
            }

            target.Append("\">").Append(Html.Length == 0 ? "&nbsp;" : Html.ToString()).Append("</td>\n");
        }

        private static void AppendCount(StringBuilder target, string name, int count)
        {
            if (count > 1)
            {
                target.Append(' ').Append(name).Append("=\"").Append(count.ToString(CultureInfo.InvariantCulture)).Append('"');
            }
        }
    }
}
