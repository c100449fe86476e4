using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Puts paragraphs into lists, cells, rows and tables. What stands in a cell is a <see cref="RtfFlow"/> of its own.</summary>
internal sealed class RtfBlocks(RtfColors colors)
{
    private const int MaximumTableDepth = 16;

    private static readonly (RtfSides Side, string Name)[] s_sides =
        [(RtfSides.Top, "top"), (RtfSides.Left, "left"), (RtfSides.Bottom, "bottom"), (RtfSides.Right, "right")];

    /// <summary>0 is the document, n the open cell of the table n deep.</summary>
    private readonly List<RtfFlow> _flows = [new RtfFlow()];
    private readonly List<RtfTable> _tables = [];

    public void AddParagraph(RtfRuns runs, RtfParagraphFormat format, string? marker)
    {
        int depth = DepthOf(format);
        MoveTo(depth);
        RtfFlow flow = _flows[depth];
        if (marker is not null)
        {
            int indent = format.Left > 0 ? format.Left : format.ListLevel * 360;
            flow.AddItem(runs.Html, marker, indent, ItemStyle(format));
        }
        else
        {
            string content = runs.IsEmpty ? runs.Html + "&nbsp;" : runs.Html;
            string direction = format.RightToLeft ? " dir=\"rtl\"" : "";
            flow.AddBlock("<p" + direction + " style=\"" + Style(format, runs.HalfPoints) + "\">" + content + "</p>\n", Frame(format));
        }
    }

    public void EndCell(RtfParagraphFormat format, bool isNested)
    {
        int depth = CellDepth(format, isNested);
        MoveTo(depth);
        _tables[depth - 1].AddCell(_flows[depth].Finish());
    }

    public void EndRow(RtfParagraphFormat format, RtfRowDefinition definition, bool isNested)
    {
        int depth = CellDepth(format, isNested);
        MoveTo(depth);
        _tables[depth - 1].EndRow(definition);
    }

    public string Finish(string before = "", string behind = "")
    {
        MoveTo(0);
        return _flows[0].Finish(before, behind);
    }

    private static int DepthOf(RtfParagraphFormat format) =>
        Math.Min(format.TableDepth is int depth && depth >= 0 ? depth : format.InTable ? 1 : 0, MaximumTableDepth);

    private static int CellDepth(RtfParagraphFormat format, bool isNested) => isNested ? Math.Max(DepthOf(format), 2) : 1;

    private void MoveTo(int depth)
    {
        while (_tables.Count > depth)
        {
            RtfTable table = _tables[^1];
            string rest = _flows[^1].Finish();
            _tables.RemoveAt(_tables.Count - 1);
            _flows.RemoveAt(_flows.Count - 1);
            _flows[^1].AddBlock(table.ToHtml(colors) + table.TakeLooseCells() + rest);
        }

        while (_tables.Count < depth)
        {
            _tables.Add(new RtfTable());
            _flows.Add(new RtfFlow());
        }
    }

    private static string ItemStyle(RtfParagraphFormat format) => format.Alignment switch
    {
        RtfAlignment.Center => "text-align:center",
        RtfAlignment.Right => "text-align:right",
        _ => "",
    };

    /// <summary>The box of a paragraph with lines around it. The indents are the box's: lines stand where the text stands.</summary>
    private string Frame(RtfParagraphFormat format)
    {
        if (!format.Borders.IsDrawn)
        {
            return "";
        }

        StringBuilder style = new("margin:");
        style.Append(string.Join(" ", "0", Points(format.Right), "0", Points(format.Left)));
        foreach ((RtfSides side, string name) in s_sides)
        {
            if (format.Borders[side] is { IsDrawn: true } border)
            {
                style.Append(";border-").Append(name).Append(':').Append(border.ToCss(colors));
                style.Append(";padding-").Append(name).Append(':').Append(Points(Math.Min(border.Space, 620)));
            }
        }

        AppendBackground(style, format);
        return style.ToString();
    }

    private void AppendBackground(StringBuilder style, RtfParagraphFormat format)
    {
        if (colors[format.Background] is string background)
        {
            style.Append(";background-color:").Append(background);
        }
    }

    private string Style(RtfParagraphFormat format, int halfPoints)
    {
        bool isFramed = format.Borders.IsDrawn;
        int left = isFramed ? 0 : format.Left;
        int right = isFramed ? 0 : format.Right;
        int before = format.AutomaticBefore ? RtfParagraphFormat.AutomaticSpace : format.Before;
        int after = format.AutomaticAfter ? RtfParagraphFormat.AutomaticSpace : format.After;
        StringBuilder style = new("margin:");
        style.Append((before | right | after | left) == 0
            ? "0"
            : string.Join(" ", Points(before), Points(right), Points(after), Points(left)));
        if (format.FirstLine != 0)
        {
            style.Append(";text-indent:").Append(Points(format.FirstLine));
        }

        string? align = format.Alignment switch
        {
            RtfAlignment.Center => "center",
            RtfAlignment.Right => "right",
            RtfAlignment.Justified => "justify",
            _ => null,
        };
        if (align is not null)
        {
            style.Append(";text-align:").Append(align);
        }

        if (LineHeight(format, halfPoints) is string height)
        {
            style.Append(";line-height:").Append(height);
        }

        if (!isFramed)
        {
            AppendBackground(style, format);
        }

        return style.ToString();
    }

    /// <summary>
    /// The CSS of <c>\sl</c>. Lines never come closer than the letters are tall: other than in RTF, they would be drawn over each other.
    /// </summary>
    private static string? LineHeight(RtfParagraphFormat format, int halfPoints)
    {
        if (format.LineIsMultiple)
        {
            int percent = Math.Min(Math.Max(format.Line, 120), 2400) * 100 / 240;
            return format.Line <= 0 || percent == 100 ? null : percent.ToString(CultureInfo.InvariantCulture) + "%";
        }

        int letters = halfPoints * 10;
        return format.Line < 0 ? Points(Math.Max(-Math.Max(format.Line, -31680), letters))
            : format.Line > letters * 5 / 4 ? Points(format.Line)
            : null;
    }

    /// <summary>Twips as CSS points; what no page is wide enough for is cut.</summary>
    internal static string Points(int twips)
    {
        int sane = Math.Min(Math.Max(twips, -31680), 31680);
        return sane == 0 ? "0" : (sane / 20.0).ToString("0.##", CultureInfo.InvariantCulture) + "pt";
    }
}
